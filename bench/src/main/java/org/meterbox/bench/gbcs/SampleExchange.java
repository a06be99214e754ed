// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.gbcs;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * A supplier, a broker and a meter with fresh keys, and what they send each other: reading the
 * import registers (ECS17b) and closing the load switch (ECS42).
 */
final class SampleExchange {
  static final Eui64 METER = Eui64.parse("00DB000000000001");
  static final Eui64 BROKER = Eui64.parse("90B3000000000002");
  static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  private static final MessageCode READ_IMPORT = new MessageCode(0x27);
  private static final MessageCode CLOSE_SWITCH = new MessageCode(0x4F);
  private static final long COUNTER = 1000;

  final SoftwareAgreementKey meter;
  final SoftwareAgreementKey broker;
  final SoftwareAgreementKey supplier;
  final SoftwareSigningKey supplierSigning;

  SampleExchange(SecureRandom random) {
    meter = SoftwareAgreementKey.of(P256.generate(random));
    broker = SoftwareAgreementKey.of(P256.generate(random));
    supplier = SoftwareAgreementKey.of(P256.generate(random));
    supplierSigning = SoftwareSigningKey.of(P256.generate(random));
  }

  /** A protected read with the broker's MAC. */
  Octets readCommand() {
    GroupingHeader header = header(CraFlag.COMMAND, SUPPLIER, METER, READ_IMPORT);
    DlmsValue input =
        new ProtectedAttributes.Request(
                List.of(
                    ProtectedAttributes.Selection.whole(
                        CosemAttribute.of(1, "0-0:94.44.34.10", 2))),
                ProtectedAttributes.Parameters.requestedBy(header))
            .toValue();
    Octets payload = request(new AccessRequest.Item.Action(ProtectedAttributes.method(8), input));
    return MessageProtection.addMac(
            new GbcsMessage.UnsecuredCommand(GroupedContent.withEmptySignature(header, payload)),
            broker.agree(meter.publicKey()))
        .encode();
  }

  /** The meter's answer with encrypted registers. */
  Octets readResponse() {
    GroupingHeader header = header(CraFlag.RESPONSE, METER, SUPPLIER, READ_IMPORT);
    DlmsValue registers =
        DlmsValue.structure(
            new DlmsValue.UInt32(10_000),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(30)),
            new DlmsValue.UInt32(10),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(32)));
    SharedSecret secret = meter.agree(supplier.publicKey());
    DlmsValue output = MessageProtection.protect(header, List.of(registers), secret).toValue();
    AccessResponse response =
        new AccessResponse(
            AccessRequest.longInvokeId(new OriginatorCounter(COUNTER)),
            List.of(
                new AccessResponse.Item(
                    AccessResponse.Kind.ACTION, AccessResponse.SUCCESS, output)));
    return MessageProtection.macedResponse(header, response.encode(), secret).encode();
  }

  /** A critical command with the supplier's signature and the broker's MAC. */
  Octets closeSwitchCommand() {
    GroupingHeader header = header(CraFlag.COMMAND, SUPPLIER, METER, CLOSE_SWITCH);
    Octets payload =
        request(
            new AccessRequest.Item.Action(
                CosemAttribute.of(9, "0-0:10.0.106.255", 1), new DlmsValue.UInt16(51)));
    GbcsMessage.PreCommand preCommand =
        new GbcsMessage.PreCommand(GroupedContent.unsigned(header, payload));
    return MessageProtection.addMac(
            MessageProtection.sign(preCommand, supplierSigning), broker.agree(meter.publicKey()))
        .encode();
  }

  /** The keys with which the broker checks its own commands and the meter's signatures. */
  KeyRing keys() {
    return new KeyRing.Builder()
        .ownAgreement(BROKER, broker)
        .agreement(BROKER, broker.publicKey(), Optional.of(RemotePartyRole.ACCESS_CONTROL_BROKER))
        .ownAgreement(SUPPLIER, supplier)
        .agreement(SUPPLIER, supplier.publicKey(), Optional.of(RemotePartyRole.SUPPLIER))
        .agreement(METER, meter.publicKey(), Optional.of(RemotePartyRole.OTHER))
        .signing(SUPPLIER, supplierSigning.publicKey())
        .build();
  }

  private static Octets request(AccessRequest.Item item) {
    return new AccessRequest(
            AccessRequest.longInvokeId(new OriginatorCounter(COUNTER)), List.of(item))
        .encode();
  }

  private static GroupingHeader header(CraFlag flag, Eui64 from, Eui64 to, MessageCode code) {
    return GroupingHeader.of(
        flag,
        new MessageId(from, to, new OriginatorCounter(COUNTER)),
        new OtherInformation.CodeOnly(code));
  }
}
