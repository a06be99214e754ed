// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Messages of every kind with arbitrary content, the same for the same seed. */
final class RandomMessages {
  /** Payloads in ASN.1 and GBZ: message code, whether it is a response, octets. */
  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(0x0008, false, "30113007020104030203083006020102020103"),
          new Sample(0x000A, false, "300403020780"),
          new Sample(0x000D, false, "3010020100040800DB12345678909A020104"),
          new Sample(0x000F, false, "040800DB123456789099"),
          new Sample(0x0013, false, "0500"),
          new Sample(0x0129, true, "300904040123ABCD020100"),
          new Sample(
              0x007F,
              false,
              "3022180F32303134313233313233333030305A180F32303135303130313030333030305A"),
          new Sample(0x0090, false, "01090101070500080100000000000002"),
          new Sample(0x0074, true, "0109010107020006080001020386"),
          new Sample(0x1001, true, "010900810E1C374A80"));

  private final RandomGenerator random;

  RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  private record Sample(int code, boolean answer, String hex) {}

  /** A message of any kind. */
  Octets message() {
    CraFlag flag = pick(CraFlag.values());
    if (random.nextInt(4) == 0) {
      return sample();
    }
    Octets payload =
        switch (flag) {
          case COMMAND -> request().encode();
          case RESPONSE -> response().encode();
          case ALERT -> notification().encode();
        };
    return message(flag, header(flag, new MessageCode(random.nextInt(0x200))), payload);
  }

  private Octets sample() {
    Sample sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
    CraFlag flag =
        sample.code() == 0x1001
            ? CraFlag.ALERT
            : sample.answer() ? CraFlag.RESPONSE : CraFlag.COMMAND;
    GroupingHeader header = header(flag, new MessageCode(sample.code()));
    return message(flag, header, Octets.ofHex(sample.hex()));
  }

  private Octets message(CraFlag flag, GroupingHeader header, Octets payload) {
    GroupedContent content =
        switch (random.nextInt(3)) {
          case 0 -> GroupedContent.withEmptySignature(header, payload);
          case 1 -> GroupedContent.unsigned(header, payload);
          default ->
              GroupedContent.unsigned(header, payload)
                  .signedBy(new EcdsaSignature(octets(EcdsaSignature.OCTETS)));
        };
    boolean maced =
        content.signatureForm() != GroupedContent.SignatureForm.ABSENT && random.nextBoolean();
    Optional<Octets> mac = maced ? Optional.of(octets(12)) : Optional.empty();
    return switch (flag) {
      case COMMAND ->
          mac.map(m -> new GbcsMessage.Command(content, m).encode()).orElseGet(content::octets);
      case RESPONSE -> new GbcsMessage.Response(content, mac).encode();
      case ALERT -> new GbcsMessage.Alert(content, mac).encode();
    };
  }

  private GroupingHeader header(CraFlag flag, MessageCode code) {
    MessageId id = new MessageId(eui(), eui(), counter());
    OtherInformation information =
        switch (random.nextInt(5)) {
          case 0 -> new OtherInformation.SupplementaryParty(code, eui());
          case 1 -> new OtherInformation.OnBehalfOf(code, eui(), counter());
          case 2 ->
              flag == CraFlag.COMMAND
                  ? new OtherInformation.WithAgreementCertificate(
                      code, eui(), counter(), octets(1 + random.nextInt(400)))
                  : new OtherInformation.EncryptedFor(code, eui(), counter(), counter());
          default -> new OtherInformation.CodeOnly(code);
        };
    return new GroupingHeader(
        flag,
        id,
        random.nextBoolean() ? Optional.of(octets(DlmsDateTime.OCTETS)) : Optional.empty(),
        information);
  }

  /** Any list of accesses. */
  AccessRequest request() {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      CosemAttribute target =
          new CosemAttribute(
              random.nextInt(0x10000),
              new Obis(random.nextLong() & 0xFFFF_FFFF_FFFFL),
              random.nextInt(256));
      items.add(
          switch (random.nextInt(4)) {
            case 0 -> new AccessRequest.Item.Get(target);
            case 1 -> new AccessRequest.Item.Set(target, value(0));
            case 2 -> new AccessRequest.Item.Action(target, value(0));
            default -> new AccessRequest.Item.SelectiveGet(target, random.nextInt(256), value(0));
          });
    }
    return new AccessRequest(random.nextInt() & 0xFFFF_FFFFL, items);
  }

  private AccessResponse response() {
    List<AccessResponse.Item> items = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      items.add(
          new AccessResponse.Item(
              pick(AccessResponse.Kind.values()), random.nextInt(256), value(0)));
    }
    return new AccessResponse(random.nextInt() & 0xFFFF_FFFFL, items);
  }

  private DataNotification notification() {
    DlmsValue body =
        random.nextBoolean()
            ? value(0)
            : DlmsValue.structure(
                new DlmsValue.UInt16(random.nextInt(0x10000)),
                new DlmsValue.OctetString(octets(DlmsDateTime.OCTETS)),
                value(1));
    return new DataNotification(random.nextInt() & 0xFFFF_FFFFL, body);
  }

  /** Any value, at most a few levels deep. */
  DlmsValue value(int depth) {
    int kind = random.nextInt(depth < 3 ? 19 : 16);
    return switch (kind) {
      case 16 -> new DlmsValue.ArrayOf(values(depth));
      case 17 -> new DlmsValue.Structure(values(depth));
      case 18 -> compactArray();
      default -> leaf(kind);
    };
  }

  private DlmsValue leaf(int kind) {
    return switch (kind) {
      case 0 -> DlmsValue.NullData.VALUE;
      case 1 -> new DlmsValue.Bool(random.nextInt(256));
      case 2 -> {
        int bits = random.nextInt(70);
        yield new DlmsValue.BitString(bits, octets((bits + 7) / 8));
      }
      case 3 -> new DlmsValue.Int32(random.nextInt());
      case 4 -> new DlmsValue.UInt32(random.nextInt() & 0xFFFF_FFFFL);
      case 5 -> new DlmsValue.OctetString(octets(random.nextInt(300)));
      case 6 -> new DlmsValue.VisibleString(octets(random.nextInt(30)));
      case 7 -> new DlmsValue.Utf8String(octets(random.nextInt(30)));
      case 8 -> new DlmsValue.Int8((byte) random.nextInt());
      case 9 -> new DlmsValue.Int16((short) random.nextInt());
      case 10 -> new DlmsValue.UInt8(random.nextInt(256));
      case 11 -> new DlmsValue.UInt16(random.nextInt(0x10000));
      case 12 -> new DlmsValue.Int64(random.nextLong());
      case 13 -> new DlmsValue.UInt64(random.nextLong());
      default -> new DlmsValue.Enumerated(random.nextInt(256));
    };
  }

  private List<DlmsValue> values(int depth) {
    List<DlmsValue> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(value(depth + 1));
    }
    return values;
  }

  private DlmsValue compactArray() {
    int columns = random.nextInt(4);
    TypeDescription type =
        new TypeDescription.Fields(
            List.of(
                new TypeDescription.Simple(0x06),
                new TypeDescription.FixedArray(columns, new TypeDescription.Simple(0x09))));
    List<DlmsValue> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<DlmsValue> strings = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        strings.add(new DlmsValue.OctetString(octets(random.nextInt(5))));
      }
      elements.add(DlmsValue.structure(leaf(4), new DlmsValue.ArrayOf(strings)));
    }
    return new DlmsValue.CompactArray(type, elements);
  }

  private Octets octets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Octets.of(octets);
  }

  private Eui64 eui() {
    return new Eui64(random.nextLong());
  }

  private OriginatorCounter counter() {
    return new OriginatorCounter(random.nextLong());
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
