// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Values of simple types, drawn within their facets, at the limits as often as between them.
 *
 * @param random where chance comes from
 */
record SampleValues(RandomGenerator random) {
  private static final int ATTEMPTS = 200;
  private static final BigInteger MANY = BigInteger.TWO.pow(70);

  /** Inclusive limits of the integer types of XML Schema. */
  private static final Map<String, List<BigInteger>> INTEGERS =
      Map.ofEntries(
          limits("integer", MANY.negate(), MANY),
          limits("nonNegativeInteger", BigInteger.ZERO, MANY),
          limits("positiveInteger", BigInteger.ONE, MANY),
          limits("nonPositiveInteger", MANY.negate(), BigInteger.ZERO),
          limits("int", pow(31).negate(), pow(31).subtract(BigInteger.ONE)),
          limits("short", pow(15).negate(), pow(15).subtract(BigInteger.ONE)),
          limits("unsignedByte", BigInteger.ZERO, pow(8).subtract(BigInteger.ONE)),
          limits("unsignedShort", BigInteger.ZERO, pow(16).subtract(BigInteger.ONE)),
          limits("unsignedInt", BigInteger.ZERO, pow(32).subtract(BigInteger.ONE)),
          limits("unsignedLong", BigInteger.ZERO, pow(64).subtract(BigInteger.ONE)));

  /**
   * A value.
   *
   * @param type local name of the built-in type that it restricts
   * @param facets of all restrictions on the way there, several of one name included
   */
  String of(String type, List<Map.Entry<String, String>> facets) {
    List<String> enumerated = all(facets, "enumeration");
    if (!enumerated.isEmpty()) {
      return enumerated.get(random.nextInt(enumerated.size()));
    }
    if (INTEGERS.containsKey(type) || type.equals("decimal")) {
      return number(type, facets);
    }
    return switch (type) {
      case "string", "token", "anyURI" -> text(facets);
      case "boolean" -> pick("true", "false", "1", "0");
      case "dateTime" ->
          pick("2026-01-31T23:59:59.99Z", "3000-12-31T00:00:00.00Z", "2026-02-01T00:00:00+01:00");
      case "date" -> pick("2026-02-28", "2028-02-29Z", "2014-01-01");
      case "time" -> pick("00:00:00", "23:59:59.99Z", "12:30:00");
      case "base64Binary" -> Base64.getEncoder().encodeToString(octets(facets));
      case "hexBinary" -> HexFormat.of().withUpperCase().formatHex(octets(facets));
      default -> throw new IllegalArgumentException("no sample for xs:" + type);
    };
  }

  private String number(String type, List<Map.Entry<String, String>> facets) {
    int digits = all(facets, "fractionDigits").stream().mapToInt(Integer::parseInt).min().orElse(0);
    if (type.equals("decimal") && all(facets, "fractionDigits").isEmpty()) {
      digits = 3;
    }
    BigDecimal step = BigDecimal.ONE.movePointLeft(digits);
    List<BigInteger> limits = INTEGERS.getOrDefault(type, List.of(MANY.negate(), MANY));
    BigDecimal low = new BigDecimal(limits.get(0));
    BigDecimal high = new BigDecimal(limits.get(1));
    for (Map.Entry<String, String> facet : facets) {
      switch (facet.getKey()) {
        case "minInclusive" -> low = low.max(new BigDecimal(facet.getValue()));
        case "minExclusive" -> low = low.max(new BigDecimal(facet.getValue()).add(step));
        case "maxInclusive" -> high = high.min(new BigDecimal(facet.getValue()));
        case "maxExclusive" -> high = high.min(new BigDecimal(facet.getValue()).subtract(step));
        case "totalDigits" -> {
          BigDecimal most =
              BigDecimal.TEN.pow(Integer.parseInt(facet.getValue())).subtract(BigDecimal.ONE);
          high = high.min(most);
          low = low.max(most.negate());
        }
        default -> {}
      }
    }
    BigDecimal drawn =
        switch (random.nextInt(4)) {
          case 0 -> low;
          case 1 -> high;
          default ->
              low.add(high.subtract(low).multiply(BigDecimal.valueOf(random.nextDouble())))
                  .setScale(digits, RoundingMode.DOWN);
        };
    return drawn.max(low).min(high).setScale(digits, RoundingMode.DOWN).toPlainString();
  }

  private String text(List<Map.Entry<String, String>> facets) {
    List<String> patterns = all(facets, "pattern");
    int[] lengths = lengths(facets, 24);
    if (patterns.isEmpty()) {
      int length = lengths[0] + random.nextInt(lengths[1] - lengths[0] + 1);
      return "Sample 1 of a text & more <of> it. ".repeat(40).substring(0, length);
    }
    PatternSample sample = new PatternSample(patterns.getLast(), random);
    for (int i = 0; i < ATTEMPTS; i++) {
      String drawn = sample.draw();
      if (drawn.length() >= lengths[0] && drawn.length() <= lengths[1]) {
        return drawn;
      }
    }
    throw new IllegalStateException("no text found for pattern " + patterns);
  }

  private byte[] octets(List<Map.Entry<String, String>> facets) {
    int[] lengths = lengths(facets, 12);
    byte[] octets = new byte[lengths[0] + random.nextInt(lengths[1] - lengths[0] + 1)];
    random.nextBytes(octets);
    return octets;
  }

  /** Least and most length; where the facets set no upper limit, {@code some} above the least. */
  private static int[] lengths(List<Map.Entry<String, String>> facets, int some) {
    int least = 0;
    int most = Integer.MAX_VALUE;
    boolean patterned = !all(facets, "pattern").isEmpty();
    for (Map.Entry<String, String> facet : facets) {
      switch (facet.getKey()) {
        case "length" -> {
          least = Integer.parseInt(facet.getValue());
          most = least;
        }
        case "minLength" -> least = Math.max(least, Integer.parseInt(facet.getValue()));
        case "maxLength" -> most = Math.min(most, Integer.parseInt(facet.getValue()));
        default -> {}
      }
    }
    return new int[] {least, patterned ? most : Math.min(most, least + some)};
  }

  private static List<String> all(List<Map.Entry<String, String>> facets, String name) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, String> facet : facets) {
      if (facet.getKey().equals(name)) {
        values.add(facet.getValue());
      }
    }
    return values;
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }

  private static Map.Entry<String, List<BigInteger>> limits(
      String type, BigInteger low, BigInteger high) {
    return Map.entry(type, List.of(low, high));
  }

  private static BigInteger pow(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }
}
