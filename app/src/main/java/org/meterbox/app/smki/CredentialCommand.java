// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import org.meterbox.crypto.SigningKey;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The GBCS command that puts new certificates into a device's cells in an emergency (use case CS02b
 * with message codes 0x0108 and 0x0109): grouping header, payload, signature, no MAC.
 *
 * @param originator who signs
 * @param code the message code
 * @param mode the mode of replacement
 * @param symmetric the key that reveals the contingency public key, in a contingency command
 * @param authorising the cell whose certificate, or the key hidden in it, authenticates the command
 */
record CredentialCommand(
    Eui64 originator,
    MessageCode code,
    int mode,
    Optional<SecretKey> symmetric,
    TrustAnchorCell authorising) {
  private static final int ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY = 8;
  private static final int ANY_BY_CONTINGENCY = 9;

  /** Devices may not know the time; the certificates' dates are not applied (as in RTDS). */
  private static final int DISAPPLY = 1;

  /** By the recovery key. */
  static CredentialCommand byRecovery(Eui64 recovery) {
    return new CredentialCommand(
        recovery,
        new MessageCode(0x0108),
        ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY,
        Optional.empty(),
        TrustAnchorCell.of(RemotePartyRole.RECOVERY, KeyUsage.DIGITAL_SIGNATURE));
  }

  /**
   * By the contingency key, which hides in the root's cell. No example of the command is published:
   * that the control names this cell is a reading of the other modes.
   */
  static CredentialCommand byContingency(Eui64 contingency, SecretKey symmetric) {
    return new CredentialCommand(
        contingency,
        new MessageCode(0x0109),
        ANY_BY_CONTINGENCY,
        Optional.of(symmetric),
        TrustAnchorCell.of(RemotePartyRole.ROOT, KeyUsage.KEY_CERT_SIGN));
  }

  /**
   * The signed command for one device.
   *
   * @param counter above every one that the device has seen from this originator
   */
  Octets signed(
      Eui64 device,
      OriginatorCounter counter,
      List<Replacement> replacements,
      List<Certificate> path,
      SigningKey key) {
    Set<Integer> roles = new TreeSet<>();
    replacements.forEach(each -> roles.add(each.target().roleCode()));
    OriginatorCounter floor = new OriginatorCounter(0);
    boolean replacesItself = roles.remove(authorising.roleCode());
    List<FloorChange> floors = new ArrayList<>();
    roles.forEach(role -> floors.add(new FloorChange(role, floor, Optional.empty())));
    CredentialControl control =
        new CredentialControl(
            mode,
            symmetric.map(secret -> Octets.of(secret.getEncoded())),
            Optional.of(DISAPPLY),
            Optional.of(authorising),
            counter,
            replacesItself ? Optional.of(floor) : Optional.empty(),
            Optional.empty(),
            floors.isEmpty() ? Optional.empty() : Optional.of(floors));
    Octets payload =
        Asn1Payload.of(new UpdateCredentials(control, replacements, path, Optional.empty()))
            .encode();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(originator, device, counter),
            new OtherInformation.CodeOnly(code));
    GroupedContent content = GroupedContent.unsigned(header, payload);
    return content.signedBy(key.sign(content.signedOctets().toArray())).octets();
  }

  /** The symmetric key is a secret until it is sent, and is not printed. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "command %s of %s", code, originator);
  }
}
