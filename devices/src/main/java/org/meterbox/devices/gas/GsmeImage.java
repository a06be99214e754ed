// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.state.GsmeStateCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A gas meter's part of a memory image: how far its time has gone, and each function's part by its
 * name. A part that an older image does not have begins as the factory makes it.
 */
final class GsmeImage implements GsmeStateCodec {
  private static final int VERSION = 1;
  private static final int MAX_PARTS = 64;

  private final List<GasPartCodec<?>> codecs;

  GsmeImage(List<GasFunction> functions) {
    this.codecs = functions.stream().<GasPartCodec<?>>flatMap(f -> f.parts().stream()).toList();
  }

  GsmeState manufactured(GasManufacture manufacture) {
    List<GasPart> parts = new ArrayList<>();
    codecs.forEach(codec -> parts.add(codec.manufactured(manufacture)));
    return GsmeState.of(manufacture.at(), parts);
  }

  @Override
  public void write(GsmeState gsme, OctetWriter image) {
    image.u8(VERSION);
    ImageFields.writeInstant(gsme.asOf(), image);
    image.u8(codecs.size());
    codecs.forEach(codec -> writePart(codec, gsme, image));
  }

  private static <P extends GasPart> void writePart(
      GasPartCodec<P> codec, GsmeState gsme, OctetWriter image) {
    OctetWriter content = new OctetWriter();
    codec.write(gsme.part(codec.type()), content);
    byte[] name = name(codec).getBytes(StandardCharsets.US_ASCII);
    image.u8(name.length).put(name);
    byte[] octets = content.toArray();
    image.u32(octets.length).put(octets);
  }

  @Override
  public GsmeState read(OctetReader image) throws DecodeException {
    image.expect(VERSION, "the version of a gas meter's image");
    try {
      Instant asOf = ImageFields.readInstant(image);
      Map<String, OctetReader> contents = contents(image);
      List<GasPart> parts = new ArrayList<>();
      for (GasPartCodec<?> codec : codecs) {
        OctetReader content = contents.remove(name(codec));
        if (content == null) {
          parts.add(codec.manufactured(new GasManufacture(0, asOf)));
        } else {
          parts.add(codec.read(content));
          content.expectEnd();
        }
      }
      if (!contents.isEmpty()) {
        throw image.fault(Fault.UNEXPECTED_VALUE, "unknown parts " + contents.keySet());
      }
      return GsmeState.of(asOf, parts);
    } catch (IllegalArgumentException contradictory) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "parts of the image contradict each other");
    }
  }

  private static Map<String, OctetReader> contents(OctetReader image) throws DecodeException {
    Map<String, OctetReader> contents = new HashMap<>();
    int count = image.u8();
    if (count > MAX_PARTS) {
      throw image.fault(
          Fault.UNEXPECTED_VALUE, String.format(Locale.ROOT, "at most %d parts", MAX_PARTS));
    }
    for (int left = count; left > 0; left--) {
      String name = new String(image.takeArray(image.u8()), StandardCharsets.US_ASCII);
      contents.put(name, image.slice((int) image.u32(), name));
    }
    return contents;
  }

  private static String name(GasPartCodec<?> codec) {
    return codec.type().getSimpleName();
  }
}
