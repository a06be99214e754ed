// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.conformance.transform.RunningDsp.Answer;
import org.meterbox.conformance.transform.RunningDsp.Parties;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.TranslationContext.StoredLog;

/**
 * Every official request whose message is known, signed and posted to the DSP as it runs: what it
 * puts on the SM WAN is the message's octets, save the counters of the DCC's own parties, which are
 * the running system's own. Signatures and MACs are verified as the device would.
 */
class ReferencePairsThroughDspTest {
  /** Raised with every family that is added, never lowered. */
  private static final int IDENTICAL_FLOOR = 218;

  /** Users whose role may send the use case; that the device does not know them, nothing tells. */
  private static final Set<String> UNKNOWN_PARTIES =
      Set.of("ECS61d_7.14_SUCCESS", "GCS15d_4.4.4_SUCCESS");

  private static final Eui64 SUPPLIER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final Eui64 LOAD_CONTROLLER = Eui64.parse("90-B3-D5-1F-30-01-00-08");
  private static final Eui64 NETWORK_OPERATOR = Eui64.parse("90-B3-D5-1F-30-02-00-00");
  private static final Eui64 HUB = Eui64.parse("00-DB-12-34-56-78-90-A2");
  private static final int DRAWN_NUMBER = 1234;

  private static final String HUB_LOG = "NA_CS14/CS14_NA_8F12_ALERT_GBCS.HEX";
  private static final String GAS_PROXY_LOG = "NA_GCS62/GCS62_NA_8071_ALERT_GBCS.HEX";

  private enum Verdict {
    /** Every octet that is signed, or before the MAC. */
    IDENTICAL,
    /** Every octet but those of a certificate, which the reference data have of another device. */
    OTHER_CERTIFICATE,
    /** A pair that contradicts itself: in the right name, and signed by the right party. */
    CONTRADICTORY,
    /** The DSP refuses the request. */
    REFUSED,
    /** Something else than the reference message. */
    DIFFERENT
  }

  @TempDir private Path folder;

  private final List<String> refused = new ArrayList<>();
  private final List<String> different = new ArrayList<>();

  @Test
  void everyRequestLeavesTheRunningDspAsTheReferenceMessage() {
    Parties parties = new Parties(folder, ReferencePair.NOW);
    Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
    for (List<ReferencePair> round : rounds()) {
      try (RunningDsp dsp = new RunningDsp(parties, ReferencePair.NOW, DRAWN_NUMBER)) {
        populate(dsp);
        for (ReferencePair pair : round) {
          table
              .computeIfAbsent(
                  pair.request().serviceReferenceVariant().toString(),
                  _ -> new EnumMap<>(Verdict.class))
              .merge(verdict(dsp, parties, pair), 1, Integer::sum);
        }
      }
    }

    table.forEach((variant, counts) -> System.out.println("running DSP " + variant + " " + counts));
    refused.forEach(reason -> System.out.println("running DSP: " + reason));
    System.out.printf(
        Locale.ROOT,
        "reference pairs: %d identical through Transform, %d through the running DSP"
            + " (%d with another certificate, %d refused, %d different, %d contradictory)%n",
        ReferencePairsTest.identical(),
        sum(table, Verdict.IDENTICAL),
        sum(table, Verdict.OTHER_CERTIFICATE),
        sum(table, Verdict.REFUSED),
        different.size(),
        sum(table, Verdict.CONTRADICTORY));
    assertThat(different).isEmpty();
    assertThat(sum(table, Verdict.IDENTICAL)).isGreaterThanOrEqualTo(IDENTICAL_FLOOR);
  }

  /** Pairs share Request IDs, which a DSP takes once: a DSP for every round. */
  private static List<List<ReferencePair>> rounds() {
    List<Map<MessageId, ReferencePair>> rounds = new ArrayList<>();
    for (ReferencePair pair : ReferencePair.all()) {
      MessageId id = requestId(pair);
      Optional<Map<MessageId, ReferencePair>> free =
          rounds.stream().filter(round -> !round.containsKey(id)).findFirst();
      free.orElseGet(
              () -> {
                rounds.add(new LinkedHashMap<>());
                return rounds.getLast();
              })
          .put(id, pair);
    }
    return rounds.stream().map(round -> List.copyOf(round.values())).toList();
  }

  /** Two requests name the broker as their user, which is none: a supplier sends them. */
  private static MessageId requestId(ReferencePair pair) {
    MessageId id = pair.request().requestId();
    return id.originator().equals(RunningDsp.BROKER)
        ? new MessageId(SUPPLIER, id.target(), id.counter())
        : id;
  }

  private static void populate(RunningDsp dsp) {
    Set<UserRole> supplier = Set.of(UserRole.IS, UserRole.GS, UserRole.ES, UserRole.OU);
    dsp.register(SUPPLIER, supplier, ReferencePair.NOW.minusSeconds(1));
    dsp.register(
        Eui64.parse("90-B3-D5-1F-30-03-00-00"), supplier, ReferencePair.NOW.minusSeconds(1));
    dsp.register(
        NETWORK_OPERATOR, Set.of(UserRole.ED, UserRole.GT), ReferencePair.NOW.minusSeconds(1));
    dsp.register(LOAD_CONTROLLER, Set.of(UserRole.LC), ReferencePair.NOW.minusSeconds(1));
  }

  private static RemotePartyRole role(Eui64 user) {
    if (user.equals(NETWORK_OPERATOR)) {
      return RemotePartyRole.NETWORK_OPERATOR;
    }
    return user.equals(LOAD_CONTROLLER)
        ? RemotePartyRole.LOAD_CONTROLLER
        : RemotePartyRole.SUPPLIER;
  }

  private Verdict verdict(RunningDsp dsp, Parties parties, ReferencePair pair) {
    prepare(dsp, parties, pair);
    MessageId id = requestId(pair);
    RequestDraft draft =
        RunningDsp.draft(
            id,
            pair.request().commandVariant(),
            pair.request().serviceReferenceVariant(),
            pair.request().body());
    return switch (dsp.send(draft, role(id.originator()))) {
      case Answer.Refused(String code) -> {
        refused.add(pair.stem() + " is refused with " + code);
        yield Verdict.REFUSED;
      }
      case Answer.Sent(Command command) -> compared(parties, pair, command);
    };
  }

  /** What the DSP would know: the device, those that the request names, the old hub's log. */
  private static void prepare(RunningDsp dsp, Parties parties, ReferencePair pair) {
    ReferencePeers.inventory(Optional.empty())
        .forEach((id, named) -> dsp.install(device(id, named.type(), "", "4.2", Map.of())));
    TargetDevice target = pair.translationRequest().device();
    Eui64 user = requestId(pair).originator();
    boolean unknown =
        UNKNOWN_PARTIES.contains(pair.stem()) || pair.agreementCertificate().isPresent();
    dsp.install(
        device(
            target.id(),
            target.type(),
            (target.twinElement() ? "B" : "") + (target.polyphase() ? "C" : ""),
            target.generation() == Generation.EARLIER ? "1.0" : "4.2",
            unknown ? Map.of() : Map.of(role(user), user)));
    pair.agreementCertificate().ifPresent(parties::publish);
    report(dsp, pair, "OldCHFID", HUB_LOG, ReferencePairsThroughDspTest::hubLog);
    report(dsp, pair, "OldGPFID", GAS_PROXY_LOG, ReferencePairsThroughDspTest::gasProxyLog);
  }

  /**
   * The published alert, with the identifier of the network that the published command restores.
   */
  private static Octets hubLog(Octets published) {
    return Octets.ofHex(published.hex().replace("0001020304050607", "0000000000000140"));
  }

  /** An alert with the devices that the published command restores. */
  private static Octets gasProxyLog(Octets published) {
    StoredLog.OfGasProxy log = (StoredLog.OfGasProxy) ReferencePeers.GAS_PROXY_LOG;
    return Asn1Payload.of(
            new DeviceLogBackup(
                0x8071,
                GeneralizedTime.of(ReferencePair.NOW),
                log.entries().stream()
                    .map(entry -> new DeviceLogEntry(entry.device(), entry.typeCode()))
                    .toList()))
        .encode();
  }

  /** The old hub's last alert, under its own identifier. */
  private static void report(
      RunningDsp dsp,
      ReferencePair pair,
      String element,
      String file,
      UnaryOperator<Octets> payload) {
    pair.request()
        .body()
        .find(element)
        .ifPresent(named -> {
          try {
            Alert published = (Alert) GbcsMessage.decode(ReferenceData.message(file));
            GroupingHeader header = published.header();
            MessageId id = header.messageId();
            GroupingHeader ofOldHub =
                GroupingHeader.of(
                    header.craFlag(),
                    new MessageId(named.eui64(), id.target(), id.counter()),
                    header.otherInformation());
            dsp.dsp()
                .deviceLogs()
                .keepFrom(
                    new Alert(
                        GroupedContent.withEmptySignature(
                            ofOldHub, payload.apply(published.content().payload())),
                        published.mac()));
          } catch (DecodeException | ElementException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Device device(
      Eui64 id, DeviceType type, String variant, String gbcs, Map<RemotePartyRole, Eui64> cells) {
    return new Device(
        id,
        type,
        Optional.of(HUB),
        Optional.of(SmiStatus.COMMISSIONED),
        new DeviceModel(
            "106C",
            "433100AC",
            Optional.empty(),
            Optional.empty(),
            Optional.of(gbcs),
            Optional.of(variant)),
        MeterPoints.importing(RunningDsp.METER_POINT),
        cells);
  }

  private Verdict compared(Parties parties, ReferencePair pair, Command sent) {
    String fault = protectionFault(parties, pair, sent);
    if (!fault.isEmpty()) {
      different.add(pair.stem() + " " + fault);
      return Verdict.DIFFERENT;
    }
    if (ReferencePairsTest.CONTRADICTORY.contains(pair.stem())) {
      return Verdict.CONTRADICTORY;
    }
    Octets expected = expected(pair, sent.header().messageId().counter());
    if (sent.content().signedOctets().equals(expected)) {
      return Verdict.IDENTICAL;
    }
    if (withoutCertificate(pair.content()).isPresent()
        && withoutCertificate(sent.content()).equals(withoutCertificate(pair.content()))) {
      return Verdict.OTHER_CERTIFICATE;
    }
    different.add(
        String.format(
            Locale.ROOT,
            "%s%n is  %s%n not %s",
            pair.stem(),
            sent.content().signedOctets().hex(),
            expected.hex()));
    return Verdict.DIFFERENT;
  }

  /** In the right name, signed by that party if the reference message is, with the MAC. */
  private static String protectionFault(Parties parties, ReferencePair pair, Command sent) {
    Eui64 originator = pair.expected().header().messageId().originator();
    if (!sent.header().messageId().originator().equals(originator)) {
      return "goes out in the name of " + sent.header().messageId().originator();
    }
    if (!parties.isFromBroker(sent)) {
      return "has a MAC that the device does not believe";
    }
    boolean signed =
        pair.expected() instanceof GbcsMessage.PreCommand
            || pair.content().signatureForm() == GroupedContent.SignatureForm.SIGNED;
    if (signed != sent.content().signature().isPresent()) {
      return signed ? "is not signed" : "is signed";
    }
    return !signed || parties.isSignedBy(sent.content(), originator, signerRole(originator))
        ? ""
        : "has a signature that the device does not believe";
  }

  private static RemotePartyRole signerRole(Eui64 originator) {
    if (originator.equals(RunningDsp.BROKER)) {
      return RemotePartyRole.ACCESS_CONTROL_BROKER;
    }
    return originator.equals(RunningDsp.CHANGE_OF_SUPPLIER)
        ? RemotePartyRole.TRANSITIONAL_COS
        : role(originator);
  }

  /**
   * The reference message's octets. Where a party of the DCC sends, its counter is the running
   * system's: in the header, wherever the payload repeats it and, in part, as the invoke identifier
   * of a DLMS request.
   */
  private static Octets expected(ReferencePair pair, OriginatorCounter counter) {
    MessageId id = pair.expected().header().messageId();
    String octets = pair.content().signedOctets().hex();
    if (id.originator().equals(pair.request().requestId().originator())
        && !id.originator().equals(RunningDsp.BROKER)) {
      return pair.content().signedOctets();
    }
    return Octets.ofHex(
        octets
            .replace(hex(id.counter().value(), 8), hex(counter.value(), 8))
            .replace(invokeId(id.counter()), invokeId(counter)));
  }

  /**
   * What a message that carries a certificate says beside it and the originator's counter; empty
   * for one that carries none.
   */
  private static Optional<List<Object>> withoutCertificate(GroupedContent content) {
    OriginatorCounter counter = content.header().messageId().counter();
    if (content.header().otherInformation()
        instanceof OtherInformation.WithAgreementCertificate with) {
      String payload =
          content
              .payload()
              .hex()
              .replace(hex(counter.value(), 8), "")
              .replace(invokeId(counter), "");
      return Optional.of(List.of(with.messageCode(), with.party(), with.partyCounter(), payload));
    }
    try {
      Asn1Payload payload =
          Asn1Payload.decode(content.payload(), content.header().messageCode(), CraFlag.COMMAND);
      return payload.content() instanceof Join join && join.otherDeviceCertificate().isPresent()
          ? Optional.of(
              List.of(
                  content.header().otherInformation(),
                  join.methodAndRole(),
                  join.otherDevice(),
                  join.otherDeviceType()))
          : Optional.empty();
    } catch (DecodeException notAsn1) {
      return Optional.empty();
    }
  }

  private static String invokeId(OriginatorCounter counter) {
    return "D9" + hex(AccessRequest.longInvokeId(counter), 4) + "00";
  }

  private static String hex(long value, int octets) {
    return String.format(Locale.ROOT, "%0" + 2 * octets + "X", value);
  }

  private static int sum(Map<String, Map<Verdict, Integer>> table, Verdict verdict) {
    return table.values().stream().mapToInt(counts -> counts.getOrDefault(verdict, 0)).sum();
  }
}
