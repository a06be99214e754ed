// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the values in a payload by its octets alone: a reader of its own, that shares nothing with
 * the project's model, for DLMS data, ZigBee components and DER.
 */
final class OctetWalk {
  /** How the octets of a value are to be understood. */
  enum Kind {
    /** Most significant octet first, without or with sign. */
    UNSIGNED,
    SIGNED,
    /** The same, least significant octet first. */
    LITTLE_UNSIGNED,
    LITTLE_SIGNED,
    /** Any octets: a date, a text, an identifier. */
    OCTETS,
    /** One octet of a ZigBee payload, part of a value whose limits are not known. */
    ANY
  }

  /**
   * Where a value stands.
   *
   * @param from the first octet
   * @param to behind the last octet
   */
  record Place(int from, int to, Kind kind) {
    int length() {
      return to - from;
    }
  }

  /**
   * A part that only its addressee can read: security header, ciphertext and tag.
   *
   * @param zigbee frame control and command of the ZigBee component; none for DLMS
   */
  record Closed(int from, int to, Optional<int[]> zigbee) {}

  private static final int BLOCK_OVERHEAD = 17;

  private final byte[] octets;
  private final List<Place> places = new ArrayList<>();
  private final List<Closed> closed = new ArrayList<>();
  private int at;

  private OctetWalk(byte[] octets, int from) {
    this.octets = octets;
    this.at = from;
  }

  List<Place> places() {
    return places;
  }

  List<Closed> closed() {
    return closed;
  }

  /** Where in a whole message the payload stands. */
  static Place payload(byte[] message) {
    OctetWalk walk = new OctetWalk(message, 0);
    if (message[0] == (byte) 0xDD) {
      walk.at = 7;
      walk.length();
      walk.at += 5;
    }
    walk.at += 2 + 1 + 8 + 1 + 8 + 1 + 8;
    walk.skip();
    walk.skip();
    int length = walk.length();
    return new Place(walk.at, walk.at + length, Kind.OCTETS);
  }

  /** Walks the payload of a whole message. */
  static OctetWalk ofMessage(byte[] message) {
    Place payload = payload(message);
    OctetWalk walk = new OctetWalk(Arrays.copyOf(message, payload.to()), payload.from());
    switch (message[payload.from()] & 0xFF) {
      case 0xDA -> walk.accessResponse();
      case 0x0F -> walk.notification();
      case 0x01 -> walk.zigbee();
      default -> walk.der(payload.to());
    }
    return walk;
  }

  /** Walks the plain text of a closed part. */
  static OctetWalk ofPlainText(byte[] plainText, Optional<int[]> zigbee) {
    OctetWalk walk = new OctetWalk(plainText, 0);
    if (zigbee.isPresent()) {
      walk.zigbeeCommand(zigbee.get()[0], zigbee.get()[1], plainText.length);
    } else {
      walk.data();
    }
    return walk;
  }

  private int u8() {
    return octets[at++] & 0xFF;
  }

  private int u16() {
    return (u8() << 8) | u8();
  }

  private int length() {
    int first = u8();
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < first - 0x80; i++) {
      length = (length << 8) | u8();
    }
    return length;
  }

  private void skip() {
    int length = length();
    at += length;
  }

  private void accessResponse() {
    at += 1 + 4;
    skip();
    at += 1;
    int count = length();
    for (int i = 0; i < count; i++) {
      data();
    }
    int results = length();
    for (int i = 0; i < results; i++) {
      at += 1;
      place(1, Kind.UNSIGNED);
    }
  }

  private void notification() {
    at += 1 + 4;
    skip();
    data();
  }

  private void place(int length, Kind kind) {
    places.add(new Place(at, at + length, kind));
    at += length;
  }

  private void data() {
    data(u8());
  }

  private void data(int tag) {
    switch (tag) {
      case 0x00 -> {}
      case 0x01, 0x02 -> {
        int count = length();
        for (int i = 0; i < count; i++) {
          data();
        }
      }
      case 0x04 -> place((length() + 7) / 8, Kind.OCTETS);
      case 0x03, 0x11, 0x16 -> place(1, Kind.UNSIGNED);
      case 0x0F -> place(1, Kind.SIGNED);
      case 0x10 -> place(2, Kind.SIGNED);
      case 0x12 -> place(2, Kind.UNSIGNED);
      case 0x05 -> place(4, Kind.SIGNED);
      case 0x06 -> place(4, Kind.UNSIGNED);
      case 0x09, 0x0A, 0x0C -> octetString();
      case 0x13 -> compactArray();
      default ->
          throw new IllegalStateException(
              String.format(Locale.ROOT, "DLMS tag %02X at %d", tag, at));
    }
  }

  private void octetString() {
    int length = length();
    boolean block =
        length > BLOCK_OVERHEAD
            && octets[at] == 0x31
            && octets[at + 1] == 0
            && octets[at + 2] == 0
            && octets[at + 3] == 0
            && octets[at + 4] == 0;
    if (block) {
      closed.add(new Closed(at, at + length, Optional.empty()));
      at += length;
    } else {
      place(length, Kind.OCTETS);
    }
  }

  /** The type stands once before all contents. */
  private void compactArray() {
    int type = at;
    skipType();
    int length = length();
    int end = at + length;
    while (at < end) {
      int[] cursor = {type};
      content(cursor);
    }
  }

  private void skipType() {
    int tag = u8();
    if (tag == 0x01) {
      at += 2;
      skipType();
    } else if (tag == 0x02) {
      int count = length();
      for (int i = 0; i < count; i++) {
        skipType();
      }
    }
  }

  private void content(int[] type) {
    int tag = octets[type[0]++] & 0xFF;
    if (tag == 0x01) {
      int count = ((octets[type[0]] & 0xFF) << 8) | (octets[type[0] + 1] & 0xFF);
      type[0] += 2;
      int element = type[0];
      for (int i = 0; i < count; i++) {
        type[0] = element;
        content(type);
      }
    } else if (tag == 0x02) {
      int count = octets[type[0]++] & 0xFF;
      for (int i = 0; i < count; i++) {
        content(type);
      }
    } else {
      data(tag);
    }
  }

  private void zigbee() {
    at += 2;
    int count = u8();
    boolean alert = octets[2 + messageStart()] == 3;
    if (alert) {
      place(2, Kind.UNSIGNED);
      place(4, Kind.UNSIGNED);
      if (count == 0 || (octets[at] & 0xEC) != 0 || octets.length - at < 8 || octets[at] == 0x09) {
        anything(octets.length);
        return;
      }
    }
    for (int i = 0; i < count; i++) {
      component();
    }
  }

  private int messageStart() {
    if (octets[0] != (byte) 0xDD) {
      return 0;
    }
    OctetWalk header = new OctetWalk(octets, 7);
    header.length();
    return header.at + 5;
  }

  private void component() {
    int control = u8();
    u16();
    int length = u16();
    int end = at + length;
    if ((control & 0x10) != 0) {
      at += 4;
    }
    boolean encrypted = (control & 0x02) != 0;
    at += encrypted ? 2 : 0;
    int frameControl = u8();
    at += 1;
    int command = u8();
    if (!encrypted) {
      zigbeeCommand(frameControl, command, end);
      return;
    }
    int block = u16();
    closed.add(new Closed(at, at + block, Optional.of(new int[] {frameControl, command})));
    at += block;
  }

  /** What a Read Attributes Response says of its values; of other commands any octet. */
  private void zigbeeCommand(int frameControl, int command, int end) {
    if ((frameControl & 0x03) != 0 || command != 0x01) {
      anything(end);
      return;
    }
    while (at < end) {
      at += 2;
      if (u8() == 0) {
        attribute(u8());
      }
    }
  }

  private void attribute(int type) {
    switch (type) {
      case 0x10, 0x18, 0x20, 0x30 -> place(1, Kind.LITTLE_UNSIGNED);
      case 0x19, 0x21, 0x31 -> place(2, Kind.LITTLE_UNSIGNED);
      case 0x22 -> place(3, Kind.LITTLE_UNSIGNED);
      case 0x1B, 0x23, 0xE2 -> place(4, Kind.LITTLE_UNSIGNED);
      case 0x25 -> place(6, Kind.LITTLE_UNSIGNED);
      case 0x2B -> place(4, Kind.LITTLE_SIGNED);
      case 0x41, 0x42 -> place(u8(), Kind.OCTETS);
      default ->
          throw new IllegalStateException(
              String.format(Locale.ROOT, "ZCL type %02X at %d", type, at));
    }
  }

  private void anything(int end) {
    while (at < end) {
      place(1, Kind.ANY);
    }
  }

  private void der(int end) {
    while (at < end) {
      int tag = u8();
      int length = length();
      if (isConstructed(tag)) {
        der(at + length);
      } else if (tag == 0x02 || tag == 0x0A) {
        place(length, Kind.SIGNED);
      } else {
        place(length, Kind.OCTETS);
      }
    }
  }

  private static boolean isConstructed(int tag) {
    return (tag & 0x20) != 0;
  }

  /** The octets of a place. */
  static byte[] at(byte[] octets, Place place) {
    return Arrays.copyOfRange(octets, place.from(), place.to());
  }

  /** A number as its kind says; none where there is none or it is too long. */
  static Optional<Long> number(byte[] octets, Place place) {
    if (place.length() > 8 || place.length() == 0) {
      return Optional.empty();
    }
    return switch (place.kind()) {
      case UNSIGNED -> Optional.of(bigEndian(octets, place, 0));
      case SIGNED -> Optional.of(bigEndian(octets, place, octets[place.from()] < 0 ? -1 : 0));
      case LITTLE_UNSIGNED -> Optional.of(littleEndian(octets, place, 0));
      case LITTLE_SIGNED ->
          Optional.of(littleEndian(octets, place, octets[place.to() - 1] < 0 ? -1 : 0));
      case OCTETS, ANY -> Optional.empty();
    };
  }

  private static long bigEndian(byte[] octets, Place place, long sign) {
    long value = sign;
    for (int i = place.from(); i < place.to(); i++) {
      value = (value << 8) | (octets[i] & 0xFF);
    }
    return value;
  }

  private static long littleEndian(byte[] octets, Place place, long sign) {
    long value = sign;
    for (int i = place.to() - 1; i >= place.from(); i--) {
      value = (value << 8) | (octets[i] & 0xFF);
    }
    return value;
  }
}
