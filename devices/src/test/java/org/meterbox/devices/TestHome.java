// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** A meter with fresh keys, the parties it trusts, one it does not know, and their commands. */
public final class TestHome {
  public static final Instant MANUFACTURED = Instant.parse("2026-01-10T09:00:00Z");
  public static final Instant NOW = Instant.parse("2026-02-14T18:47:11Z");
  public static final Eui64 METER = Eui64.parse("00DB000000000010");

  public static final MessageCode READ_IMPORT = new MessageCode(0x0027);
  public static final MessageCode READ_DAILY_LOG = new MessageCode(0x0033);
  public static final MessageCode READ_FIRMWARE = new MessageCode(0x0059);
  public static final MessageCode READ_SUPPLY = new MessageCode(0x0052);
  public static final MessageCode ENABLE = new MessageCode(0x004F);
  public static final MessageCode DISABLE = new MessageCode(0x0050);
  public static final MessageCode ARM = new MessageCode(0x0051);

  public static final CosemAttribute FIRMWARE = CosemAttribute.of(1, "0-0:0.2.1.255", 2);
  public static final CosemAttribute SUPPLY = CosemAttribute.of(70, "0-0:96.3.10.255", 3);
  public static final CosemAttribute SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);
  public static final CosemAttribute IMPORT = CosemAttribute.of(1, "0-0:94.44.34.10", 2);
  public static final CosemAttribute DAILY_LOG = CosemAttribute.of(7, "0-0:98.1.9.255", 2);

  public static final DeviceKeys.Reader KEYS_IN_MEMORY =
      SoftwareDeviceKeys.reader(() -> SoftwareDeviceKeys.generate(new SecureRandom()));

  public final Party broker =
      Party.fresh("90B3D51F00000002", RemotePartyRole.ACCESS_CONTROL_BROKER);
  public final Party supplier = Party.fresh("90B3D51F00000010", RemotePartyRole.SUPPLIER);

  /** The supplier with its second agreement key, which makes tokens. */
  public final Party tokenIssuer = Party.fresh("90B3D51F00000010", RemotePartyRole.SUPPLIER);

  public final Party operator = Party.fresh("90B3D51F00000020", RemotePartyRole.NETWORK_OPERATOR);
  public final Party stranger = Party.fresh("90B3D51F00000030", RemotePartyRole.SUPPLIER);
  public final SoftwareDeviceKeys keys = SoftwareDeviceKeys.generate(new SecureRandom());

  private final TrustAnchors anchors = makeAnchors();

  /** A meter that has measured since it left the factory. */
  public DeviceState<EsmeState> meter() {
    return meter(EsmeVariant.SINGLE_ELEMENT);
  }

  /** A meter that has measured since it left the factory. */
  public DeviceState<EsmeState> meter(EsmeVariant variant) {
    DeviceState<EsmeState> made =
        DeviceState.manufactured(
            METER,
            DeviceType.ESME,
            keys,
            Map.of(),
            anchors(),
            EsmeModel.manufactured(variant, 42, MANUFACTURED));
    // What it told in this time has arrived, and its counters begin with the test.
    return made.withFunction(
        new DeviceMachine<>(new EsmeModel()).advance(made, NOW).state().function());
  }

  /** The parties' certificates in their cells. */
  public TrustAnchors anchors() {
    return anchors;
  }

  private TrustAnchors makeAnchors() {
    Map<TrustAnchorCell, Octets> cells = new HashMap<>();
    for (Party party : List.of(supplier, operator, broker)) {
      for (KeyUse use : List.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)) {
        cells.put(TrustAnchorCell.of(party.role(), use), party.certificate(use));
      }
    }
    cells.put(
        new TrustAnchorCell(
            RemotePartyRole.SUPPLIER,
            KeyUse.KEY_AGREEMENT,
            TrustAnchorCell.Purpose.PREPAYMENT_TOP_UP),
        tokenIssuer.certificate(KeyUse.KEY_AGREEMENT));
    return TrustAnchors.ofCertificates(cells);
  }

  /** The secret between the broker and the meter. */
  public SharedSecret brokerSecret() {
    return broker.agreement().agree(keys.secrets().ownPublicKey());
  }

  /** A header of a command by a Known Remote Party. */
  public static GroupingHeader header(Party from, long counter, MessageCode code) {
    return GroupingHeader.of(
        CraFlag.COMMAND,
        new MessageId(from.id(), METER, new OriginatorCounter(counter)),
        new OtherInformation.CodeOnly(code));
  }

  /** An ACCESS.request as the header's use case prescribes it. */
  public static Octets request(GroupingHeader header, Item... items) {
    return new AccessRequest(
            AccessRequest.longInvokeId(header.messageId().counter()), List.of(items))
        .encode();
  }

  /** A protected read for the header's sender. */
  public static Item protectedRead(GroupingHeader header, int instance, Selection... selections) {
    return new Item.Action(
        ProtectedAttributes.method(instance),
        new ProtectedAttributes.Request(
                List.of(selections), ProtectedAttributes.Parameters.requestedBy(header))
            .toValue());
  }

  /** A non-critical command with the broker's MAC. */
  public Octets nonCritical(GroupingHeader header, Octets payload) {
    return MessageProtection.addMac(
            new GbcsMessage.UnsecuredCommand(GroupedContent.withEmptySignature(header, payload)),
            brokerSecret())
        .encode();
  }

  /** A critical command, signed by this party, with the broker's MAC. */
  public Octets critical(GroupingHeader header, Octets payload, Party signer) {
    return MessageProtection.addMac(
            MessageProtection.sign(
                new GbcsMessage.PreCommand(GroupedContent.unsigned(header, payload)),
                signer.signing()),
            brokerSecret())
        .encode();
  }

  /** A supply command as the supplier signs it. */
  public Octets supplyCommand(MessageCode code, int script, long counter) {
    GroupingHeader header = header(supplier, counter, code);
    return critical(header, script(header, script), supplier);
  }

  /** The payload that runs a supply script. */
  public static Octets script(GroupingHeader header, int script) {
    return request(header, new Item.Action(SCRIPTS, new DlmsValue.UInt16(script)));
  }

  /** A read of the import registers. */
  public Octets readImport(Party from, long counter) {
    GroupingHeader header = header(from, counter, READ_IMPORT);
    return nonCritical(header, request(header, protectedRead(header, 8, Selection.whole(IMPORT))));
  }

  /** A read of one attribute. */
  public Octets read(Party from, long counter, MessageCode code, CosemAttribute attribute) {
    GroupingHeader header = header(from, counter, code);
    return nonCritical(header, request(header, new Item.Get(attribute)));
  }
}
