// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.UserRole;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationContext.StoredLog;
import org.meterbox.transform.TranslationRequest;

/**
 * An official request and the message that it became.
 *
 * @param stem the common part of the files' names, which begins with the use case
 * @param request the request
 * @param expected the Pre-Command, or the command with its MAC
 */
record ReferencePair(String stem, ServiceRequest request, GbcsMessage expected) {
  private static final String REQUEST = "_REQUEST_DUIS.XML";
  private static final String PRE_COMMAND = "_PRECOMMAND_GBCS.HEX";
  private static final String COMMAND = "_COMMAND_GBCS.HEX";
  private static final Pattern FAILED =
      Pattern.compile("(.+)(_ERROR|_NOT_FOUND)_(PRE)?COMMAND_GBCS\\.HEX");

  /** The clock of the reference messages. */
  static final Instant NOW = Instant.parse("2015-01-01T00:00:00Z");

  /** Use cases that GBCS has replaced: only the file's name says that the device is an old one. */
  private static final Set<String> EARLIER =
      Set.of(
          "ECS08",
          "ECS26d",
          "ECS26e",
          "ECS26i",
          "ECS30",
          "ECS35f",
          "CCS05CCS04",
          "GCS21d",
          "GCS21e",
          "GCS25",
          "GCS60");

  private static final Set<String> POLYPHASE = Set.of("ECS23b", "ECS26k", "ECS29f");

  /** The digits that the reference messages for 9.1 show. */
  private static final Octets CUSTOMER_NUMBER = Octets.ofHex("31323334");

  /** What the messages' device identifiers stand for, by their last octet. */
  private static final Map<String, DeviceType> TYPES =
      Map.ofEntries(
          Map.entry("A0", DeviceType.ESME),
          Map.entry("A1", DeviceType.GSME),
          Map.entry("A2", DeviceType.CHF),
          Map.entry("A3", DeviceType.GPF),
          Map.entry("A4", DeviceType.PPMID),
          Map.entry("A5", DeviceType.HCALCS),
          Map.entry("A6", DeviceType.ESME));

  /** All pairs, in the order of their names. */
  static List<ReferencePair> all() {
    List<Path> messages = ReferenceData.messages("_GBCS.HEX");
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      List<ReferencePair> pairs = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        read(file, messages).ifPresent(pairs::add);
      }
      return pairs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The commands whose exchange failed, each with the requests of the exchanges of its mode that
   * succeeded, under the failed one's identity: most differ from one of them in nothing else. Their
   * stems are those of the commands.
   */
  static List<List<ReferencePair>> ofFailedExchanges() {
    List<Path> messages = ReferenceData.messages("_GBCS.HEX");
    List<List<ReferencePair>> pairs = new ArrayList<>();
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      List<Path> requests = files.sorted().toList();
      for (Path message : messages) {
        Matcher name = FAILED.matcher(message.getFileName().toString());
        if (name.matches() && !hasPreCommand(messages, name)) {
          pairs.add(ofFailedExchange(name, requests, message));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pairs;
  }

  private static boolean hasPreCommand(List<Path> messages, Matcher name) {
    return name.group(3) == null
        && find(messages, name.group(1) + name.group(2) + PRE_COMMAND).isPresent();
  }

  private static List<ReferencePair> ofFailedExchange(
      Matcher name, List<Path> requests, Path message) throws IOException {
    GbcsMessage expected = decode(message);
    List<ReferencePair> pairs = new ArrayList<>();
    for (Path file : requests) {
      if (isOf(name.group(1), file.getFileName().toString())) {
        String text =
            Files.readString(file)
                .replaceFirst("(<sr:RequestID>)[^<]*", "$1" + requestId(expected.header()));
        String stem = name.group(1) + name.group(2);
        pairs.add(
            new ReferencePair(stem, request(stem, Octets.of(text.getBytes(UTF_8))), expected));
      }
    }
    return pairs;
  }

  private static boolean isOf(String mode, String name) {
    return name.startsWith(mode + "_") && name.contains("_SUCCESS");
  }

  /** The user's own identity of a command, which may travel in the broker's name. */
  private static MessageId requestId(GroupingHeader header) {
    MessageId sent = header.messageId();
    return switch (header.otherInformation()) {
      case OtherInformation.OnBehalfOf(var code, Eui64 party, OriginatorCounter counter) ->
          new MessageId(party, sent.target(), counter);
      case OtherInformation.WithAgreementCertificate with ->
          new MessageId(with.party(), sent.target(), with.partyCounter());
      default -> sent;
    };
  }

  private static Optional<ReferencePair> read(Path file, List<Path> messages) throws IOException {
    String name = file.getFileName().toString();
    if (!name.endsWith(REQUEST)) {
      return Optional.empty();
    }
    String stem = name.substring(0, name.length() - REQUEST.length());
    Optional<Path> message =
        find(messages, stem + PRE_COMMAND).or(() -> find(messages, stem + COMMAND));
    if (message.isEmpty()) {
      return Optional.empty();
    }
    ServiceRequest request = request(stem, Octets.of(Files.readAllBytes(file)));
    return Optional.of(new ReferencePair(stem, request, decode(message.get())));
  }

  private static ServiceRequest request(String stem, Octets document) {
    return switch (new DuisReader().readRequest(document)) {
      case Valid<ServiceRequest> valid -> valid.value();
      default -> throw new IllegalStateException(stem + " is no valid request");
    };
  }

  private static GbcsMessage decode(Path message) {
    try {
      return GbcsMessage.decode(ReferenceData.hex(message));
    } catch (DecodeException e) {
      throw new IllegalStateException(message.toString(), e);
    }
  }

  private static Optional<Path> find(List<Path> messages, String name) {
    return messages.stream().filter(file -> file.getFileName().toString().equals(name)).findFirst();
  }

  private String useCase() {
    return stem.substring(0, stem.indexOf('_'));
  }

  /** What is translated. */
  TranslationRequest translationRequest() {
    Eui64 device = request.requestId().target();
    TargetDevice target =
        new TargetDevice(
            device,
            type(device),
            stem.contains("_TWIN"),
            POLYPHASE.contains(useCase()),
            EARLIER.contains(useCase()) ? Generation.EARLIER : Generation.CURRENT);
    boolean networkOperator = request.requestId().originator().dashed().contains("-30-02-");
    TranslationContext supplement =
        TranslationContext.at(NOW)
            .requestedBy(networkOperator ? UserRole.ED : UserRole.IS)
            .withCustomerIdentificationNumber(CUSTOMER_NUMBER)
            .knowing(ReferencePeers.inventory(otherDeviceCertificate()));
    return new TranslationRequest(
        request, target, storedLog().map(supplement::restoring).orElse(supplement));
  }

  /** The certificate that a join by method C brings: the reference data has it nowhere else. */
  Optional<Octets> otherDeviceCertificate() {
    if (!useCase().startsWith("CS03C")) {
      return Optional.empty();
    }
    try {
      Asn1Payload payload =
          Asn1Payload.decode(content().payload(), expected.header().messageCode(), CraFlag.COMMAND);
      return payload.content() instanceof Join join
          ? join.otherDeviceCertificate().map(Certificate::octets)
          : Optional.empty();
    } catch (DecodeException e) {
      throw new IllegalStateException(stem, e);
    }
  }

  /** The key agreement certificate that an Unknown Remote Party brings. */
  Optional<Octets> agreementCertificate() {
    return Stream.of("KAPublicSecurityCredentials", "KAPublicSecurityCredential")
        .filter(request.body()::has)
        .map(name -> {
          try {
            return request.body().base64(name);
          } catch (ElementException e) {
            throw new IllegalStateException(stem, e);
          }
        })
        .findFirst();
  }

  private Optional<StoredLog> storedLog() {
    return switch (useCase()) {
      case "CCS03" -> Optional.of(ReferencePeers.HUB_LOG);
      case "GCS59" -> Optional.of(ReferencePeers.GAS_PROXY_LOG);
      default -> Optional.empty();
    };
  }

  private static DeviceType type(Eui64 device) {
    String dashed = device.dashed();
    DeviceType type = TYPES.get(dashed.substring(dashed.length() - 2));
    if (type == null) {
      throw new IllegalStateException("no device type for " + dashed);
    }
    return type;
  }

  /** The name in which the reference message goes out, with the broker's counter. */
  BusinessOriginator originator() {
    MessageId sent = expected.header().messageId();
    if (sent.equals(request.requestId())) {
      return new BusinessOriginator.KnownRemoteParty();
    }
    return switch (expected.header().otherInformation()) {
      case OtherInformation.WithAgreementCertificate with ->
          new BusinessOriginator.AccessControlBroker(
              sent.originator(), sent.counter(), Optional.of(with.certificate()));
      case OtherInformation.CodeOnly code ->
          new BusinessOriginator.DccParty(sent.originator(), sent.counter());
      default ->
          new BusinessOriginator.AccessControlBroker(
              sent.originator(), sent.counter(), Optional.empty());
    };
  }

  /** What is to be identical: everything that is signed, or everything before the MAC. */
  GroupedContent content() {
    return expected.content();
  }
}
