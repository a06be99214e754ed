// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.kernel.OctetWriter;

/** What an electricity meter holds when it leaves the factory, read once from a table. */
public final class FactorySettings {
  private static final String TABLE = "factory-settings.txt";
  private static final CosemAttribute PRICES = CosemAttribute.of(113, "0-0:19.20.0.255", 5);
  private static final int TOU_PRICES = 48;
  private static final int BLOCK_PRICES = 8;
  private static final Map<EsmeVariant, Settings> BY_VARIANT = byVariant();

  private FactorySettings() {}

  private record Setting(CosemAttribute attribute, Optional<EsmeVariant> only, DlmsValue value) {}

  /** The attributes of a meter of this variant. */
  public static Settings of(EsmeVariant variant) {
    return Objects.requireNonNull(BY_VARIANT.get(variant), "settings for each variant");
  }

  /** The attributes of meters of all variants. */
  public static Set<CosemAttribute> attributes() {
    return BY_VARIANT.values().stream()
        .flatMap(settings -> settings.values().keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<EsmeVariant, Settings> byVariant() {
    Map<EsmeVariant, Settings> settings = new EnumMap<>(EsmeVariant.class);
    List<Setting> table = read();
    for (EsmeVariant variant : EsmeVariant.values()) {
      Map<CosemAttribute, DlmsValue> values = new HashMap<>();
      for (Setting setting : table) {
        if (setting.only().isEmpty() || setting.only().get() == variant) {
          values.put(setting.attribute(), setting.value());
        }
      }
      values.put(PRICES, noPrices());
      settings.put(variant, new Settings(values));
    }
    return settings;
  }

  /** 48 rates, then 8 rates in each of four blocks: index 01 to 30, A1 to D8 in hexadecimal. */
  private static DlmsValue noPrices() {
    List<DlmsValue> prices = new ArrayList<>();
    for (int rate = 1; rate <= TOU_PRICES; rate++) {
      prices.add(noPrice(rate));
    }
    for (int block = 0xA0; block <= 0xD0; block += 0x10) {
      for (int rate = 1; rate <= BLOCK_PRICES; rate++) {
        prices.add(noPrice(block + rate));
      }
    }
    return DlmsValue.structure(
        ValueNotation.parse("{i8:3, i8:-5}"),
        ValueNotation.parse("{u16:3, os:0100010800FF, i8:2}"),
        new DlmsValue.ArrayOf(prices));
  }

  private static DlmsValue noPrice(int index) {
    return DlmsValue.structure(
        new DlmsValue.OctetString(new OctetWriter().u8(index).toOctets()), new DlmsValue.Int16(0));
  }

  private static List<Setting> read() {
    return content()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(FactorySettings::setting)
        .toList();
  }

  private static Setting setting(String line) {
    String[] words = line.split(" +", 4);
    String value = words[3];
    Optional<EsmeVariant> only =
        switch (value.charAt(0)) {
          case '*' -> Optional.of(EsmeVariant.TWIN_ELEMENT);
          case '3' -> Optional.of(EsmeVariant.POLYPHASE);
          default -> Optional.empty();
        };
    return new Setting(
        new CosemAttribute(
            Integer.parseInt(words[0]), Obis.parse(words[1]), Integer.parseInt(words[2])),
        only,
        ValueNotation.parse(only.isPresent() ? value.substring(1) : value));
  }

  private static String content() {
    try (InputStream in = FactorySettings.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the table %s is missing", TABLE));
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
