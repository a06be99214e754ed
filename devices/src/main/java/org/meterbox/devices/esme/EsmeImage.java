// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.meterbox.devices.memory.ImageFields.readConstant;
import static org.meterbox.devices.memory.ImageFields.readConstants;
import static org.meterbox.devices.memory.ImageFields.readInstant;
import static org.meterbox.devices.memory.ImageFields.writeConstant;
import static org.meterbox.devices.memory.ImageFields.writeConstants;
import static org.meterbox.devices.memory.ImageFields.writeInstant;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeOption;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.FactorySettings;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * An electricity meter's part of its memory image: what it is, how far its time has gone, the
 * settings in which it differs from the factory's, and each function's part by its name. A part
 * that an older image does not have begins as the factory makes it.
 */
final class EsmeImage {
  private static final int VERSION = 3;
  private static final int MAX_PARTS = 64;

  private final List<PartCodec<?>> codecs;

  EsmeImage(List<EsmeFunction> functions) {
    this.codecs = functions.stream().<PartCodec<?>>flatMap(f -> f.parts().stream()).toList();
  }

  void write(EsmeState esme, OctetWriter image) {
    image.u8(VERSION);
    writeConstant(esme.variant(), image);
    writeConstants(esme.options(), image);
    writeInstant(esme.asOf(), image);
    StoredValues.write(changed(esme), image);
    image.u8(codecs.size());
    codecs.forEach(codec -> writePart(codec, esme, image));
  }

  /** Most meters share most settings; only the others take space. */
  private static Map<CosemAttribute, DlmsValue> changed(EsmeState esme) {
    Map<CosemAttribute, DlmsValue> factory = FactorySettings.of(esme.variant()).values();
    Map<CosemAttribute, DlmsValue> changed = new HashMap<>();
    esme.values()
        .forEach((attribute, value) -> {
          if (!value.equals(factory.get(attribute))) {
            changed.put(attribute, value);
          }
        });
    return changed;
  }

  private static <P extends EsmePart> void writePart(
      PartCodec<P> codec, EsmeState esme, OctetWriter image) {
    OctetWriter content = new OctetWriter();
    codec.write(esme.part(codec.type()), content);
    byte[] name = name(codec).getBytes(StandardCharsets.US_ASCII);
    image.u8(name.length).put(name);
    byte[] octets = content.toArray();
    image.u32(octets.length).put(octets);
  }

  EsmeState read(OctetReader image) throws DecodeException {
    if (image.u8() != VERSION) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "a meter's image has version " + VERSION);
    }
    try {
      EsmeVariant variant = readConstant(EsmeVariant.class, image);
      Set<EsmeOption> options = readConstants(EsmeOption.class, image);
      Instant asOf = readInstant(image);
      Settings factory = FactorySettings.of(variant);
      Map<CosemAttribute, DlmsValue> changed = StoredValues.read(image);
      Settings settings = changed.isEmpty() ? factory : factory.with(changed);
      Map<String, OctetReader> contents = contents(image);
      List<EsmePart> parts = new ArrayList<>();
      for (PartCodec<?> codec : codecs) {
        OctetReader content = contents.remove(name(codec));
        if (content == null) {
          parts.add(codec.manufactured(new Manufacture(variant, options, 0, asOf)));
        } else {
          parts.add(codec.read(content));
          content.expectEnd();
        }
      }
      if (!contents.isEmpty()) {
        throw image.fault(Fault.UNEXPECTED_VALUE, "unknown parts " + contents.keySet());
      }
      return EsmeState.of(variant, options, asOf, settings, parts);
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

  private static String name(PartCodec<?> codec) {
    return codec.type().getSimpleName();
  }
}
