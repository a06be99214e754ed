// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.command;

import java.security.interfaces.ECPublicKey;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.VerificationException;
import org.meterbox.devices.command.Admission.Admitted;
import org.meterbox.devices.command.Admission.CounterUsed;
import org.meterbox.devices.command.Admission.Rejected;
import org.meterbox.devices.command.Admission.Unsupported;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Weight;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupedContent.SignatureForm;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The checks of a command before its execution, in the order in which a device makes them: form,
 * recipient, the broker's MAC, use case, authority, signature, replay. A command that fails one
 * changes nothing and gets no answer.
 */
public final class CommandChecks {
  private final Eui64 device;
  private final TrustAnchors anchors;
  private final SharedSecrets secrets;
  private final Map<RemotePartyRole, OriginatorCounter> executed;
  private final Function<MessageCode, Optional<UseCase>> useCases;

  /**
   * The checks of one device in one state.
   *
   * @param secrets what the device's own agreement key shares with others
   * @param executed the highest counter carried out for each role
   * @param useCases what the device supports
   */
  public CommandChecks(
      Eui64 device,
      TrustAnchors anchors,
      SharedSecrets secrets,
      Map<RemotePartyRole, OriginatorCounter> executed,
      Function<MessageCode, Optional<UseCase>> useCases) {
    this.device = device;
    this.anchors = anchors;
    this.secrets = secrets;
    this.executed = executed;
    this.useCases = useCases;
  }

  /** Checks one message as it was received. */
  public Admission check(Octets message) {
    GbcsMessage decoded;
    try {
      decoded = GbcsMessage.decode(message);
    } catch (DecodeException notGbcs) {
      return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    if (!(decoded instanceof GbcsMessage.Command(GroupedContent content, Octets mac))
        || !content.header().messageId().target().equals(device)
        || content.header().dateTime().isPresent()) {
      return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    if (!brokerMacHolds(content, mac)) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    Optional<UseCase> useCase = useCases.apply(content.header().messageCode());
    return useCase
        .<Admission>map(known -> checkAuthority(known, content))
        .orElseGet(() -> new Unsupported(content));
  }

  private boolean brokerMacHolds(GroupedContent content, Octets mac) {
    Optional<PartyCertificate> broker =
        anchors.of(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.KEY_AGREEMENT);
    if (broker.isEmpty()) {
      return false;
    }
    try {
      MessageProtection.verifyMac(content, mac, secrets.with(broker.get().key()));
      return true;
    } catch (VerificationException notTheBrokers) {
      return false;
    }
  }

  private Admission checkAuthority(UseCase useCase, GroupedContent content) {
    Set<RemotePartyRole> held = anchors.rolesOf(content.header().messageId().originator());
    if (held.isEmpty()) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    Set<RemotePartyRole> speaking = EnumSet.copyOf(held);
    switch (content.header().otherInformation()) {
      case OtherInformation.CodeOnly _ -> speaking.retainAll(useCase.roles().roles());
      case OtherInformation.OnBehalfOf _, OtherInformation.WithAgreementCertificate _ -> {
        // Only the Access Control Broker speaks for others.
        speaking.retainAll(useCase.roles().roles());
        speaking.retainAll(Set.of(RemotePartyRole.ACCESS_CONTROL_BROKER));
      }
      case OtherInformation.SupplementaryParty _, OtherInformation.EncryptedFor _ -> {
        return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
      }
    }
    return speaking.stream()
        .findFirst()
        .map(role -> checkProof(useCase, content, role))
        .orElseGet(() -> new Rejected(SecurityEvent.NO_AUTHORITY));
  }

  private Admission checkProof(UseCase useCase, GroupedContent content, RemotePartyRole role) {
    boolean critical = useCase.weight() == Weight.CRITICAL;
    SignatureForm expected = critical ? SignatureForm.SIGNED : SignatureForm.EMPTY;
    if (content.signatureForm() != expected) {
      return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    if (critical && !signatureHolds(role, content)) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    if (useCase.replayProtection().holds() && !isNew(role, content)) {
      return new CounterUsed(content);
    }
    return admit(useCase, content, role);
  }

  private boolean signatureHolds(RemotePartyRole role, GroupedContent content) {
    Optional<PartyCertificate> signer =
        anchors
            .of(role, KeyUse.DIGITAL_SIGNATURE)
            .filter(c -> isOf(c, content.header().messageId().originator()));
    if (signer.isEmpty()) {
      return false;
    }
    try {
      MessageProtection.verifySignature(content, signer.get().key());
      return true;
    } catch (VerificationException notTheOriginators) {
      return false;
    }
  }

  private boolean isNew(RemotePartyRole role, GroupedContent content) {
    OriginatorCounter last = executed.get(role);
    return last == null || content.header().messageId().counter().exceeds(last);
  }

  private Admission admit(UseCase useCase, GroupedContent content, RemotePartyRole role) {
    Optional<ECPublicKey> originator =
        anchors
            .of(role, KeyUse.KEY_AGREEMENT)
            .filter(c -> isOf(c, content.header().messageId().originator()))
            .map(PartyCertificate::key);
    if (originator.isEmpty() && useCase.weight() != Weight.CRITICAL) {
      // Nobody could check the MAC of the answer.
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    if (!(content.header().otherInformation()
        instanceof OtherInformation.WithAgreementCertificate behind)) {
      boolean forOthers =
          content.header().otherInformation() instanceof OtherInformation.OnBehalfOf;
      return new Admitted(
          useCase, content, role, originator, forOthers ? Optional.empty() : originator);
    }
    Optional<PartyCertificate> reader =
        PartyCertificate.read(behind.certificate(), KeyUse.KEY_AGREEMENT)
            .filter(certificate -> isOf(certificate, behind.party()));
    // The broker vouches for the certificate with its MAC; a device cannot follow its path.
    return reader.isEmpty()
        ? new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED)
        : new Admitted(useCase, content, role, originator, reader.map(PartyCertificate::key));
  }

  private static boolean isOf(PartyCertificate certificate, Eui64 party) {
    return certificate.subject().filter(party::equals).isPresent();
  }
}
