// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.correlate;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** A meter with fresh keys, what it answers its supplier, and the supplier's keys. */
final class SampleMeter implements PartyKeys {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");
  private static final OriginatorCounter COUNTER = new OriginatorCounter(1000);

  private static final int READ_IMPORT = 0x27;
  private static final int READ_PROFILE = 0x37;
  private static final int CLOSE_SWITCH = 0x4F;
  private static final int READ_SUPPLY = 0x52;

  /** Seconds from 2000 to the first half hour of the profile, and half an hour. */
  private static final long PROFILE_BEGIN = 788_918_400;

  private static final long HALF_HOUR = 1_800;

  private final SoftwareAgreementKey meter;
  private final SoftwareSigningKey meterSigning;
  private final SoftwareAgreementKey supplier;
  private final SharedSecret secret;
  private final PartyCertificate agreement;
  private final PartyCertificate signing;

  SampleMeter(SecureRandom random) {
    meter = SoftwareAgreementKey.of(P256.generate(random));
    meterSigning = SoftwareSigningKey.of(P256.generate(random));
    supplier = SoftwareAgreementKey.of(P256.generate(random));
    secret = meter.agree(supplier.publicKey());
    agreement = certificate(KeyUse.KEY_AGREEMENT, meter.publicKey());
    signing = certificate(KeyUse.DIGITAL_SIGNATURE, meterSigning.publicKey());
  }

  private static PartyCertificate certificate(KeyUse use, ECPublicKey key) {
    return new PartyCertificate(METER, use, key, "CN=sample", BigInteger.ONE, Octets.EMPTY);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    if (!holder.equals(METER)) {
      return List.of();
    }
    return switch (use) {
      case KEY_AGREEMENT -> List.of(agreement);
      case DIGITAL_SIGNATURE -> List.of(signing);
      case PREPAYMENT_TOP_UP -> List.of();
    };
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return party.equals(SUPPLIER) ? Optional.of(supplier) : Optional.empty();
  }

  /** Import registers, encrypted and with a MAC (ECS17b). */
  Octets registers() {
    DlmsValue registers =
        DlmsValue.structure(
            new DlmsValue.UInt32(12_345),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(30)),
            new DlmsValue.UInt32(10),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(32)));
    return sensitive(READ_IMPORT, registers);
  }

  /** The state of the supply, with a MAC (ECS45). */
  Octets supplyStatus() {
    return MessageProtection.macedResponse(
            header(READ_SUPPLY),
            response(AccessResponse.Kind.GET, new DlmsValue.Enumerated(1)),
            secret)
        .encode();
  }

  /** That the switch was closed, signed (ECS42). */
  Octets switchClosed() {
    return MessageProtection.signedResponse(
            header(CLOSE_SWITCH),
            response(AccessResponse.Kind.ACTION, DlmsValue.NullData.VALUE),
            meterSigning)
        .encode();
  }

  /** A profile of half hours, encrypted and with a MAC (ECS22b). */
  Octets profile(int entries) {
    TypeDescription number = new TypeDescription.Simple(0x06);
    List<DlmsValue> log = new ArrayList<>(entries);
    for (int i = 0; i < entries; i++) {
      log.add(
          DlmsValue.structure(
              new DlmsValue.UInt32(PROFILE_BEGIN + i * HALF_HOUR),
              new DlmsValue.UInt32(i % 3_000)));
    }
    return sensitive(
        READ_PROFILE,
        new DlmsValue.CompactArray(
            new TypeDescription.Fields(Collections.nCopies(2, number)), log));
  }

  private Octets sensitive(int useCase, DlmsValue value) {
    GroupingHeader header = header(useCase);
    DlmsValue output = MessageProtection.protect(header, List.of(value), secret).toValue();
    return MessageProtection.macedResponse(
            header, response(AccessResponse.Kind.ACTION, output), secret)
        .encode();
  }

  private static Octets response(AccessResponse.Kind kind, DlmsValue data) {
    return new AccessResponse(
            AccessRequest.longInvokeId(COUNTER),
            List.of(new AccessResponse.Item(kind, AccessResponse.SUCCESS, data)))
        .encode();
  }

  private static GroupingHeader header(int useCase) {
    return GroupingHeader.of(
        CraFlag.RESPONSE,
        new MessageId(METER, SUPPLIER, COUNTER),
        new OtherInformation.CodeOnly(new MessageCode(useCase)));
  }
}
