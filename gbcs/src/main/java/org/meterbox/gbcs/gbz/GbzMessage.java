// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The GBZ payload of a command or response: ZCL commands in the order in which they are to be
 * executed or answered (GBCS section 7.2.9).
 *
 * <pre>
 * 0109 | number of components | components
 * </pre>
 *
 * @param components 1 to 255
 */
public record GbzMessage(List<Component> components) {
  /** The ZigBee profile that begins every GBZ payload. */
  public static final int PROFILE = 0x0109;

  /** What the count can say. */
  public static final int MAX_COMPONENTS = 0xFF;

  /** Copies the list and refuses a number that the count cannot say. */
  public GbzMessage {
    components = List.copyOf(components);
    if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
      throw new IllegalArgumentException("a GBZ payload has 1 to 255 components");
    }
  }

  /**
   * Reads a whole payload.
   *
   * @throws DecodeException where an octet is missing, left over or not as GBCS and ZCL prescribe
   */
  public static GbzMessage decode(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    readProfile(reader);
    int count = reader.u8();
    if (count == 0) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "a command or response has a component");
    }
    List<Component> components = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      components.add(Component.read(reader, i == count));
    }
    reader.expectEnd();
    return new GbzMessage(components);
  }

  static void readProfile(OctetReader reader) throws DecodeException {
    int profile = reader.u16();
    if (profile != PROFILE) {
      throw reader.fault(
          Fault.UNEXPECTED_VALUE,
          String.format(Locale.ROOT, "a GBZ payload begins with 0109, not %04X", profile));
    }
  }

  /** Writes the payload. */
  public Octets encode() {
    OctetWriter writer = new OctetWriter(512).u16(PROFILE).u8(components.size());
    for (int i = 1; i <= components.size(); i++) {
      components.get(i - 1).write(writer, i == components.size());
    }
    return writer.toOctets();
  }

  /** Whether any component is encrypted. */
  public boolean hasEncrypted() {
    return components.stream().anyMatch(Component.Encrypted.class::isInstance);
  }

  /**
   * All frames in order, those of encrypted components decrypted.
   *
   * @throws VerificationException where an encrypted component is not intact or not for this key
   * @throws DecodeException where an encrypted component held no ZCL payload of its command
   */
  public List<ZclFrame> open(DerivedKey key) throws VerificationException, DecodeException {
    List<ZclFrame> frames = new ArrayList<>(components.size());
    for (Component component : components) {
      frames.add(
          switch (component) {
            case Component.Plain plain -> plain.frame();
            case Component.Encrypted encrypted -> encrypted.open(key);
          });
    }
    return frames;
  }
}
