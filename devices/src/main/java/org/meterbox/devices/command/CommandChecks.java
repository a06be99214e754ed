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
import org.meterbox.devices.security.ContingencyKey;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CredentialContent;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Delivery;
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
  /** Apply Prepayment Top Up: CS01a, CS01b. */
  private static final Set<MessageCode> TOKEN_COMMANDS =
      Set.of(new MessageCode(0x0007), new MessageCode(0x0097));

  private static final MessageCode BY_CONTINGENCY = new MessageCode(0x0109);

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
    return switch (decoded) {
      case GbcsMessage.Command(GroupedContent content, Octets mac) when isForThisDevice(content) ->
          checkWithMac(content, mac);
      case GbcsMessage.DirectCommand(GroupedContent content) when isForThisDevice(content) ->
          checkWithoutMac(content);
      case GbcsMessage.Command _,
          GbcsMessage.DirectCommand _,
          GbcsMessage.PreCommand _,
          GbcsMessage.SignedPreCommand _,
          GbcsMessage.UnsecuredCommand _,
          GbcsMessage.Response _,
          GbcsMessage.Alert _ ->
          new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    };
  }

  private boolean isForThisDevice(GroupedContent content) {
    return content.header().messageId().target().equals(device)
        && content.header().dateTime().isEmpty();
  }

  private Admission checkWithMac(GroupedContent content, Octets mac) {
    if (!brokerMacHolds(content, mac)) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    Optional<UseCase> useCase = useCases.apply(content.header().messageCode());
    if (useCase.isEmpty()) {
      return new Unsupported(content);
    }
    return switch (useCase.get().delivery()) {
      case BROKER -> checkAuthority(useCase.get(), content);
      // Who asks for credentials through the broker does so without a signature.
      case EITHER ->
          content.signatureForm() == SignatureForm.EMPTY
              ? checkAuthority(useCase.get(), content)
              : new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
      case DIRECT, NONE -> new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    };
  }

  /** Where the signature alone proves who sent it, an unknown command proves nothing. */
  private Admission checkWithoutMac(GroupedContent content) {
    Optional<UseCase> useCase = useCases.apply(content.header().messageCode());
    if (useCase.isEmpty()) {
      return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    if (content.header().messageCode().equals(BY_CONTINGENCY)) {
      return checkContingency(useCase.get(), content);
    }
    return switch (useCase.get().delivery()) {
      case DIRECT, EITHER -> checkAuthority(useCase.get(), content);
      case BROKER, NONE -> new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    };
  }

  /**
   * The contingency key stands in no cell: it is hidden in the root's certificate, and the command
   * itself reveals it. It acts for the root, under the root's counter (GBCS CS02b).
   */
  private Admission checkContingency(UseCase useCase, GroupedContent content) {
    Optional<ECPublicKey> key = contingencyKey(content);
    if (key.isEmpty() || !signatureHolds(key.get(), content)) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    if (!isNew(RemotePartyRole.ROOT, content)) {
      return new CounterUsed(content);
    }
    return new Admitted(
        useCase, content, RemotePartyRole.ROOT, true, Optional.empty(), Optional.empty());
  }

  private Optional<ECPublicKey> contingencyKey(GroupedContent content) {
    try {
      Asn1Payload payload =
          Asn1Payload.decode(
              content.payload(), content.header().messageCode(), content.header().craFlag());
      if (!(payload.content() instanceof CredentialContent.UpdateCredentials update)) {
        return Optional.empty();
      }
      return anchors
          .of(RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN)
          .flatMap(root ->
              update
                  .control()
                  .plaintextSymmetricKey()
                  .flatMap(wrapping -> ContingencyKey.reveal(root.der(), wrapping)));
    } catch (DecodeException noSuchPayload) {
      return Optional.empty();
    }
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
    SignatureForm form = content.signatureForm();
    boolean expected =
        switch (useCase.weight()) {
          case CRITICAL -> form == SignatureForm.SIGNED;
          case NON_CRITICAL -> form == SignatureForm.EMPTY;
          case EITHER -> form != SignatureForm.ABSENT;
        };
    if (!expected) {
      return new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    if (form == SignatureForm.SIGNED && !signatureHolds(role, content)) {
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    if (sharesCounter(useCase) && !isNew(role, content)) {
      return new CounterUsed(content);
    }
    return admit(useCase, content, role);
  }

  /**
   * An answer is protected as its command was, but for the broker's replacement of its own
   * credentials: its MAC may be good for a single device, and the answer is signed (GBCS CS02b).
   */
  private static boolean isAnswerSigned(UseCase useCase, GroupedContent content) {
    return content.signatureForm() == SignatureForm.SIGNED
        || (useCase.weight() == Weight.EITHER && useCase.delivery() == Delivery.BROKER);
  }

  private boolean signatureHolds(RemotePartyRole role, GroupedContent content) {
    return anchors
        .of(role, KeyUse.DIGITAL_SIGNATURE)
        .filter(c -> isOf(c, content.header().messageId().originator()))
        .filter(signer -> signatureHolds(signer.key(), content))
        .isPresent();
  }

  private static boolean signatureHolds(ECPublicKey key, GroupedContent content) {
    try {
      MessageProtection.verifySignature(content, key);
      return true;
    } catch (VerificationException notTheOriginators) {
      return false;
    }
  }

  /**
   * Whether the commands of a use case are under replay protection together with the others of
   * their sender. Those that bring a prepayment token are not: their counters are those of the
   * tokens, which whoever takes the token checks (GBCS section 14).
   */
  public static boolean sharesCounter(UseCase useCase) {
    return useCase.replayProtection().holds() && !TOKEN_COMMANDS.contains(useCase.code());
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
    boolean isSigned = isAnswerSigned(useCase, content);
    if (originator.isEmpty() && !isSigned) {
      // Nobody could check the MAC of the answer.
      return new Rejected(SecurityEvent.AUTHENTICATION_FAILED);
    }
    if (!(content.header().otherInformation()
        instanceof OtherInformation.WithAgreementCertificate behind)) {
      boolean forOthers =
          content.header().otherInformation() instanceof OtherInformation.OnBehalfOf;
      return new Admitted(
          useCase, content, role, isSigned, originator, forOthers ? Optional.empty() : originator);
    }
    Optional<PartyCertificate> reader =
        PartyCertificate.read(behind.certificate(), KeyUse.KEY_AGREEMENT)
            .filter(certificate -> isOf(certificate, behind.party()));
    // The broker vouches for the certificate with its MAC; a device cannot follow its path.
    return reader.isEmpty()
        ? new Rejected(SecurityEvent.INTEGRITY_CHECK_FAILED)
        : new Admitted(
            useCase, content, role, isSigned, originator, reader.map(PartyCertificate::key));
  }

  private static boolean isOf(PartyCertificate certificate, Eui64 party) {
    return certificate.subject().filter(party::equals).isPresent();
  }
}
