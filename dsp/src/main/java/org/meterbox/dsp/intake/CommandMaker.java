// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.InstantSource;
import java.util.Optional;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.broker.AccessControlBroker;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.dsp.intake.Making.Made;
import org.meterbox.dsp.intake.Making.NotMade;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Origin;
import org.meterbox.transform.Subject;
import org.meterbox.transform.Supplement;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;

/** Makes commands for devices from requests to which access was granted. */
public final class CommandMaker {
  /** The element by which an Unknown Remote Party brings its key agreement certificate. */
  private static final String AGREEMENT_CERTIFICATE = "KAPublicSecurityCredentials";

  private static final String NO_CERTIFICATE =
      "the repository holds no key agreement certificate of the device";

  private final Transform transform;
  private final UseCaseCatalogue useCases;
  private final AccessControlBroker broker;
  private final TrustedCertificates certificates;
  private final InstantSource clock;

  /** A maker of commands. */
  public CommandMaker(
      Transform transform,
      UseCaseCatalogue useCases,
      AccessControlBroker broker,
      TrustedCertificates certificates,
      InstantSource clock) {
    this.transform = transform;
    this.useCases = useCases;
    this.broker = broker;
    this.certificates = certificates;
    this.clock = clock;
  }

  /** A non-critical command with the broker's MAC, or a critical one for its user to sign. */
  Making translate(ServiceRequest request, Device device, UserRole role) {
    TargetDevice target =
        new TargetDevice(
            device.id(),
            device.type(),
            hasVariant(device, "B"),
            hasVariant(device, "C"),
            TargetDevice.Generation.CURRENT);
    Subject subject =
        new Subject(request, target, Supplement.at(clock.instant()).requestedBy(role));
    Optional<Mapping> mapping = transform.mapping(subject);
    if (mapping.isEmpty()) {
      // In whose name it would go does not matter to a refusal.
      return translate(subject, new Origin.KnownRemoteParty());
    }
    try {
      return translate(subject, origin(request, device, role, mapping.get()));
    } catch (ElementException e) {
      return Making.unnamed("the key agreement certificate cannot be read");
    } catch (VerificationException e) {
      return Making.unnamed(String.valueOf(e.getMessage()));
    }
  }

  private Making translate(Subject subject, Origin origin) {
    return switch (transform.translate(subject, origin)) {
      case TransformResult.Critical(GbcsMessage.PreCommand preCommand) ->
          new Made(new CommandForDevice(preCommand.header().messageId(), preCommand.encode()));
      case TransformResult.NonCritical(GbcsMessage.UnsecuredCommand command) ->
          made(broker.protect(command));
      case TransformResult.Refused refused ->
          new NotMade(new Outcome.Refused(refused.code(), refused.reason()));
      case TransformResult.NotYetTranslated not -> Making.unnamed(not.reason());
    };
  }

  /**
   * The user's Signed Pre-Command with the broker's MAC, if it is the Pre-Command that the DSP made
   * under the same Request ID, octet for octet, and the user's signature holds.
   */
  Making secure(Octets signedPreCommand, Octets preCommand, Eui64 user, UserRole role) {
    try {
      if (!(GbcsMessage.decode(signedPreCommand) instanceof SignedPreCommand signed)) {
        return Making.unnamed("the payload is not a Signed Pre-Command");
      }
      Octets made = GbcsMessage.decode(preCommand).content().signedOctets();
      if (!signed.content().signedOctets().equals(made)) {
        return Making.unnamed("the Signed Pre-Command is not the Pre-Command that was made");
      }
      if (!signedBy(signed, user, role)) {
        return Making.unnamed("the signature of the Signed Pre-Command does not hold");
      }
      return made(broker.protect(signed));
    } catch (DecodeException malformed) {
      return Making.unnamed("the payload is not GBCS: " + malformed.getMessage());
    }
  }

  private boolean signedBy(SignedPreCommand signed, Eui64 user, UserRole role) {
    return certificates.commandSigningKeys(user, OriginRule.remotePartyRole(role)).stream()
        .anyMatch(key -> {
          try {
            MessageProtection.verifySignature(signed.content(), key);
            return true;
          } catch (VerificationException anotherKey) {
            return false;
          }
        });
  }

  private Origin origin(ServiceRequest request, Device device, UserRole role, Mapping mapping)
      throws ElementException, VerificationException {
    Eui64 user = request.requestId().originator();
    Optional<UseCase> useCase = useCases.find(mapping.code());
    boolean known =
        useCase
            .map(found -> OriginRule.isKnownRemoteParty(user, role, device, found.roles()))
            .orElse(false);
    return known
        ? new Origin.KnownRemoteParty()
        : new Origin.Broker(broker.id(), broker.nextCounter(), agreementCertificate(request, user));
  }

  private Optional<Octets> agreementCertificate(ServiceRequest request, Eui64 user)
      throws ElementException, VerificationException {
    if (!request.body().has(AGREEMENT_CERTIFICATE)) {
      return Optional.empty();
    }
    Octets certificate = request.body().base64(AGREEMENT_CERTIFICATE);
    if (!certificates.isAgreementCertificateOf(user, certificate)) {
      throw new VerificationException(
          "the key agreement certificate is not one of the user's in the repository");
    }
    return Optional.of(certificate);
  }

  private static Making made(Optional<Command> secured) {
    return secured
        .<Making>map(command ->
            new Made(new CommandForDevice(command.header().messageId(), command.encode())))
        .orElseGet(() -> Making.unnamed(NO_CERTIFICATE));
  }

  /** ESME variants with the letter B measure two elements, those with C three phases (SMETS). */
  private static boolean hasVariant(Device device, String letter) {
    return device.type() == DeviceType.ESME
        && device.model().esmeVariant().map(variant -> variant.contains(letter)).orElse(false);
  }
}
