// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.commands.DccParties.Party;
import org.meterbox.dsp.commands.OriginatorRule.Decision;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationRequest;

/**
 * Makes commands for devices from requests to which access was granted: decides in whose name each
 * goes out, gives the translation what it has to know, signs for the DCC's parties and adds the
 * Access Control Broker's MAC. Safe for use by many threads where its ports are.
 */
public final class CommandPolicy {
  /**
   * The first GBCS major version whose devices take the use cases that GBCS has now, where one has
   * replaced another. No public document dates every replacement: GBCS 2.0 is where the first of
   * them came (CCS06 for CCS04 and CCS05).
   */
  public static final int CURRENT_USE_CASES_SINCE_GBCS = 2;

  /** Elements by which an Unknown Remote Party brings its key agreement certificate. */
  private static final List<String> AGREEMENT_CERTIFICATES =
      List.of("KAPublicSecurityCredentials", "KAPublicSecurityCredential");

  /** Elements that name another device: to be joined, forgotten, added or removed. */
  private static final List<String> NAMED_DEVICES = List.of("OtherDeviceID", "DeviceID");

  /** Elements that name the part of a hub whose log is to be restored. */
  private static final List<String> REPLACED_HUB_PARTS = List.of("OldCHFID", "OldGPFID");

  private final Transform transform;
  private final UseCaseCatalogue useCases;
  private final ServiceRequestCatalogue serviceRequests;
  private final DccParties parties;
  private final CommandFacts facts;
  private final InstantSource clock;

  /**
   * A policy over the catalogues of this version.
   *
   * @param parties the DCC's own parties
   * @param facts what no request says
   * @param clock the time of translation
   */
  public CommandPolicy(DccParties parties, CommandFacts facts, InstantSource clock) {
    this.transform = Transform.standard();
    this.useCases = UseCaseCatalogue.standard();
    this.serviceRequests = ServiceRequestCatalogue.current();
    this.parties = parties;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * The use case that a request becomes on a device; empty where it becomes none.
   *
   * @param role the role in which access was granted
   */
  public Optional<Mapping> useCase(ServiceRequest request, Device device, UserRole role) {
    try {
      return transform.mapping(translationRequest(request, device, role));
    } catch (ElementException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The Pre-Command of a critical request, or the command of another.
   *
   * @param role the role in which access was granted
   */
  public CommandResult command(ServiceRequest request, Device device, UserRole role) {
    try {
      TranslationRequest asked = translationRequest(request, device, role);
      Optional<Mapping> mapping = transform.mapping(asked);
      // In whose name it would go does not matter to a refusal.
      return mapping.isEmpty()
          ? fromUser(asked)
          : originated(asked, decide(request, device, role, mapping.get()), mapping.get());
    } catch (ElementException unreadable) {
      return CommandResult.refusedWithoutCode(String.valueOf(unreadable.getMessage()));
    }
  }

  private Decision decide(ServiceRequest request, Device device, UserRole role, Mapping mapping) {
    Eui64 user = request.requestId().originator();
    return OriginatorRule.decide(
        serviceRequests.find(request.serviceReferenceVariant()).orElseThrow(),
        useCase(mapping),
        role,
        device.knows(user, role.remotePartyRole()));
  }

  private UseCase useCase(Mapping mapping) {
    return useCases
        .find(mapping.code())
        .orElseThrow(() -> new IllegalStateException("no use case has code " + mapping.code()));
  }

  private CommandResult originated(TranslationRequest asked, Decision decision, Mapping mapping)
      throws ElementException {
    return switch (decision) {
      case Decision.Refused(var code, var rule) -> new CommandResult.Refused(code, rule);
      case Decision.User() -> fromUser(asked);
      case Decision.DccParty(RemotePartyRole role) ->
          parties
              .inRole(role)
              .map(party -> fromDccParty(asked, party, mapping))
              .orElseGet(() -> CommandResult.refusedWithoutCode(parties.absent(role)));
      case Decision.BrokerForUser() -> onBehalf(asked, mapping);
    };
  }

  private CommandResult fromUser(TranslationRequest asked) {
    return switch (transform.translate(asked, new BusinessOriginator.KnownRemoteParty())) {
      case TransformResult.Critical(GbcsMessage.PreCommand preCommand) ->
          new CommandResult.PreCommand(preCommand.header().messageId(), preCommand.encode());
      case TransformResult.NonCritical(GbcsMessage.UnsecuredCommand command) ->
          withMac(command.content());
      case TransformResult.Refused(var code, var reason) -> new CommandResult.Refused(code, reason);
      case TransformResult.NotYetTranslated(String reason) ->
          CommandResult.refusedWithoutCode(reason);
    };
  }

  private CommandResult fromDccParty(TranslationRequest asked, Party party, Mapping mapping) {
    MessageId request = asked.request().requestId();
    return fromDcc(
        asked,
        new BusinessOriginator.DccParty(party.id(), party.nextCounter(request)),
        party,
        mapping);
  }

  private CommandResult onBehalf(TranslationRequest asked, Mapping mapping)
      throws ElementException {
    Eui64 user = asked.request().requestId().originator();
    Optional<Octets> certificate = agreementCertificate(asked.request());
    if (certificate.isPresent() && !facts.isAgreementCertificateOf(user, certificate.get())) {
      return CommandResult.refusedWithoutCode(
          "the key agreement certificate is not one of the user's in the repository");
    }
    RemotePartyRole role = RemotePartyRole.ACCESS_CONTROL_BROKER;
    return parties
        .inRole(role)
        .map(broker ->
            fromDcc(
                asked,
                new BusinessOriginator.AccessControlBroker(
                    broker.id(), broker.nextCounter(asked.request().requestId()), certificate),
                broker,
                mapping))
        .orElseGet(() -> CommandResult.refusedWithoutCode(parties.absent(role)));
  }

  /** A command in the name of a party of the DCC, which signs it where its use case is critical. */
  private CommandResult fromDcc(
      TranslationRequest asked, BusinessOriginator originator, Party party, Mapping mapping) {
    return switch (transform.translate(asked, originator)) {
      case TransformResult.Critical _ ->
          throw new IllegalStateException("a user's critical request goes out in the user's name");
      case TransformResult.NonCritical(GbcsMessage.UnsecuredCommand command) ->
          useCase(mapping).weight() == UseCase.Weight.CRITICAL
              ? signed(command.content(), party)
              : withMac(command.content());
      case TransformResult.Refused(var code, var reason) -> new CommandResult.Refused(code, reason);
      case TransformResult.NotYetTranslated(String reason) ->
          CommandResult.refusedWithoutCode(reason);
    };
  }

  private CommandResult signed(GroupedContent content, Party party) {
    GroupedContent unsigned = GroupedContent.unsigned(content.header(), content.payload());
    Optional<EcdsaSignature> signature = party.sign(unsigned);
    return signature.isPresent()
        ? withMac(unsigned.signedBy(signature.get()))
        : CommandResult.refusedWithoutCode(
            String.format(
                Locale.ROOT,
                "%s has to sign the command, and has no signing key here",
                party.id()));
  }

  private CommandResult withMac(GroupedContent content) {
    Optional<Octets> mac = parties.brokerMac(content);
    return mac.isPresent()
        ? new CommandResult.Command(
            content.header().messageId(), new GbcsMessage.Command(content, mac.get()).encode())
        : CommandResult.refusedWithoutCode(
            "the repository holds no key agreement certificate of the device");
  }

  /** The user's Signed Pre-Command with the broker's MAC; nothing of it is checked. */
  public CommandResult withMac(SignedPreCommand signed) {
    return withMac(signed.content());
  }

  /**
   * The user's Signed Pre-Command with the broker's MAC, if it is the Pre-Command that the DSP made
   * under the same Request ID, octet for octet, and the user's signature holds.
   */
  public CommandResult secure(
      Octets signedPreCommand, Octets preCommand, Eui64 user, UserRole role) {
    try {
      if (!(GbcsMessage.decode(signedPreCommand) instanceof SignedPreCommand signed)) {
        return CommandResult.refusedWithoutCode("the payload is not a Signed Pre-Command");
      }
      Octets made = GbcsMessage.decode(preCommand).content().signedOctets();
      if (!signed.content().signedOctets().equals(made)) {
        return CommandResult.refusedWithoutCode(
            "the Signed Pre-Command is not the Pre-Command that was made");
      }
      if (!signedBy(signed, user, role)) {
        return CommandResult.refusedWithoutCode(
            "the signature of the Signed Pre-Command does not hold");
      }
      return withMac(signed);
    } catch (DecodeException malformed) {
      return CommandResult.refusedWithoutCode("the payload is not GBCS: " + malformed.getMessage());
    }
  }

  private boolean signedBy(SignedPreCommand signed, Eui64 user, UserRole role) {
    return facts.commandSigningKeys(user, role.remotePartyRole()).stream()
        .anyMatch(key -> {
          try {
            MessageProtection.verifySignature(signed.content(), key);
            return true;
          } catch (VerificationException anotherKey) {
            return false;
          }
        });
  }

  private TranslationRequest translationRequest(
      ServiceRequest request, Device device, UserRole role) throws ElementException {
    Map<Eui64, NamedDevice> named = new HashMap<>();
    for (Eui64 id : identifiers(request.body(), NAMED_DEVICES)) {
      facts.device(id).ifPresent(known -> named.put(id, known));
    }
    TranslationContext context =
        TranslationContext.at(clock.instant()).requestedBy(role).knowing(named);
    for (Eui64 replaced : identifiers(request.body(), REPLACED_HUB_PARTS)) {
      context = facts.deviceLog(replaced).map(context::restoring).orElse(context);
    }
    if (serviceRequests
        .find(request.serviceReferenceVariant())
        .filter(ServiceRequestEntry::carriesCustomerNumber)
        .isPresent()) {
      context =
          context.withCustomerIdentificationNumber(
              facts.customerIdentificationNumber(request.requestId()));
    }
    return new TranslationRequest(request, target(device), context);
  }

  private static List<Eui64> identifiers(XmlElement body, List<String> names)
      throws ElementException {
    List<Eui64> found = new ArrayList<>();
    for (String name : names) {
      if (body.has(name)) {
        found.add(body.eui64(name));
      }
    }
    return found;
  }

  private static Optional<Octets> agreementCertificate(ServiceRequest request)
      throws ElementException {
    for (String name : AGREEMENT_CERTIFICATES) {
      if (request.body().has(name)) {
        return Optional.of(request.body().base64(name));
      }
    }
    return Optional.empty();
  }

  /** Whether a request brings its user's key agreement certificate, as an unknown party's may. */
  public static boolean bringsAgreementCertificate(ServiceRequest request) {
    return AGREEMENT_CERTIFICATES.stream().anyMatch(request.body()::has);
  }

  /** ESME variants with the letter B measure two elements, those with C three phases (SMETS). */
  private static TargetDevice target(Device device) {
    return new TargetDevice(
        device.id(),
        device.type(),
        hasVariant(device, "B"),
        hasVariant(device, "C"),
        device.model().gbcsVersion().map(CommandPolicy::generation).orElse(Generation.CURRENT));
  }

  private static boolean hasVariant(Device device, String letter) {
    return device.type() == DeviceType.ESME
        && device.model().esmeVariant().map(variant -> variant.contains(letter)).orElse(false);
  }

  private static Generation generation(String gbcsVersion) {
    String major = gbcsVersion.replaceFirst("\\..*", "");
    return major.matches("[0-9]") && Integer.parseInt(major) < CURRENT_USE_CASES_SINCE_GBCS
        ? Generation.EARLIER
        : Generation.CURRENT;
  }
}
