// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclType;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What a gas meter keeps as it was written (SMETS2 4.6.4).
 *
 * @param numbers attributes that are numbers
 * @param strings attributes that are strings
 * @param texts what is no attribute
 */
public record GasSettings(
    Map<ZclAttribute, Long> numbers, Map<ZclAttribute, Octets> strings, Map<Text, Octets> texts)
    implements GasPart {
  /** How the settings stand in a memory image. */
  public static final GasPartCodec<GasSettings> CODEC = new Codec();

  private static final String TABLE = "factory-attributes.txt";
  private static final GasSettings FACTORY = factory();

  /** Texts that are shown to the consumer and cannot be read as attributes. */
  public enum Text {
    /** The last message (SRV 3.1). */
    MESSAGE,
    /** The name of the supplier (SRV 3.4). */
    SUPPLIER_NAME,
    /** The supplier's telephone number (SRV 3.4). */
    SUPPLIER_TELEPHONE,
    /** The number by which the consumer proves who he is (SRV 9.1). */
    CUSTOMER_IDENTIFICATION_NUMBER,
    /** What protects the display; empty where nothing does (SRV 3.5). */
    PRIVACY_PIN
  }

  /** Copies the maps. */
  public GasSettings {
    numbers = Map.copyOf(numbers);
    strings = Map.copyOf(strings);
    texts = Map.copyOf(texts);
  }

  /** The settings of a meter. */
  public static GasSettings of(GsmeState gsme) {
    return gsme.part(GasSettings.class);
  }

  /** A number; zero where the meter has no such attribute. */
  public long number(ZclAttribute attribute) {
    return numbers.getOrDefault(attribute, 0L);
  }

  /** A text; empty where none was written. */
  public Octets text(Text text) {
    return texts.getOrDefault(text, Octets.EMPTY);
  }

  /** With another number in an attribute. */
  public GasSettings with(ZclAttribute attribute, long number) {
    return with(Map.of(attribute, number));
  }

  /** With other numbers in some attributes. */
  public GasSettings with(Map<ZclAttribute, Long> changes) {
    Map<ZclAttribute, Long> changed = new HashMap<>(numbers);
    changed.putAll(changes);
    return new GasSettings(changed, strings, texts);
  }

  /** With another string in an attribute. */
  public GasSettings with(ZclAttribute attribute, Octets string) {
    Map<ZclAttribute, Octets> changed = new HashMap<>(strings);
    changed.put(attribute, string);
    return new GasSettings(numbers, changed, texts);
  }

  /** With another text. */
  public GasSettings with(Text text, Octets octets) {
    Map<Text, Octets> changed = new EnumMap<>(Text.class);
    changed.putAll(texts);
    changed.put(text, octets);
    return new GasSettings(numbers, strings, changed);
  }

  /** An attribute's value in the type that GBCS prescribes; empty where it is not kept here. */
  public Optional<TypedValue> value(ZclAttribute attribute) {
    Optional<ZclType> type = attribute.prescribedType();
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Long number = numbers.get(attribute);
    if (number != null) {
      return Optional.of(TypedValue.number(type.get(), number));
    }
    return Optional.ofNullable(strings.get(attribute))
        .map(string -> TypedValue.text(type.get(), string));
  }

  private static GasSettings factory() {
    Map<ZclAttribute, Long> numbers = new HashMap<>();
    Map<ZclAttribute, Octets> strings = new HashMap<>();
    content()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          String[] words = line.split(" ", 3);
          ZclAttribute attribute =
              new ZclAttribute(
                  new Cluster(Integer.parseInt(words[0], 16)), Integer.parseInt(words[1], 16));
          String value = words[2];
          if (value.startsWith("\"")) {
            strings.put(attribute, text(value.substring(1, value.length() - 1)));
          } else if (attribute.equals(GasAttribute.FIRMWARE_VERSION)) {
            strings.put(attribute, Octets.ofHex(value));
          } else {
            numbers.put(attribute, Long.parseLong(value));
          }
        });
    return new GasSettings(numbers, strings, Map.of());
  }

  private static Octets text(String text) {
    return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String content() {
    try (InputStream in = GasSettings.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the table %s is missing", TABLE));
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Consumption never names a person; texts and numbers may, so none is printed. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "GasSettings[%d attributes]", numbers.size());
  }

  private static final class Codec implements GasPartCodec<GasSettings> {
    @Override
    public Class<GasSettings> type() {
      return GasSettings.class;
    }

    @Override
    public GasSettings manufactured(GasManufacture manufacture) {
      return FACTORY;
    }

    @Override
    public void write(GasSettings settings, OctetWriter image) {
      Map<ZclAttribute, Long> changed = new HashMap<>(settings.numbers());
      changed.entrySet().removeAll(FACTORY.numbers().entrySet());
      image.u16(changed.size());
      changed.forEach((attribute, number) -> {
        write(attribute, image);
        ImageFields.writeSigned(number, image);
      });
      image.u16(settings.strings().size());
      settings
          .strings()
          .forEach((attribute, string) -> {
            write(attribute, image);
            image.u16(string.length()).put(string);
          });
      image.u8(settings.texts().size());
      settings
          .texts()
          .forEach((text, octets) -> {
            ImageFields.writeConstant(text, image);
            image.u16(octets.length()).put(octets);
          });
    }

    private static void write(ZclAttribute attribute, OctetWriter image) {
      image.u16(attribute.cluster().id()).u16(attribute.id());
    }

    @Override
    public GasSettings read(OctetReader image) throws DecodeException {
      Map<ZclAttribute, Long> numbers = new HashMap<>(FACTORY.numbers());
      for (int left = image.u16(); left > 0; left--) {
        numbers.put(readAttribute(image), ImageFields.readSigned(image));
      }
      Map<ZclAttribute, Octets> strings = new HashMap<>(FACTORY.strings());
      for (int left = image.u16(); left > 0; left--) {
        strings.put(readAttribute(image), image.take(image.u16()));
      }
      Map<Text, Octets> texts = new EnumMap<>(Text.class);
      for (int left = image.u8(); left > 0; left--) {
        texts.put(ImageFields.readConstant(Text.class, image), image.take(image.u16()));
      }
      return new GasSettings(numbers, strings, texts);
    }

    private static ZclAttribute readAttribute(OctetReader image) throws DecodeException {
      return new ZclAttribute(new Cluster(image.u16()), image.u16());
    }
  }
}
