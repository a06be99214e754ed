// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * Between which values an element of a service's requests may lie.
 *
 * @param counted whose requests
 * @param service of which service reference variant
 * @param element local name of the element, wherever it stands in the body
 * @param minimum the smallest value; none for no limit
 * @param maximum the largest value; none for no limit
 * @param validity when it is in effect
 */
public record ValueLimit(
    CountedParty counted,
    ServiceReferenceVariant service,
    String element,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Validity validity) {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,18}(\\.[0-9]{1,9})?");

  /** Refuses a limit between which nothing lies. */
  public ValueLimit {
    if (minimum.isEmpty() && maximum.isEmpty()) {
      throw new IllegalArgumentException("a value limit has min or max");
    }
    if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
      throw new IllegalArgumentException("min must not be above max");
    }
  }

  /** The first value in a request's body that lies outside, in words. */
  Optional<String> brokenBy(XmlElement body) {
    return within(body)
        .filter(found -> found.localName().equals(element))
        .map(XmlElement::token)
        .filter(this::outside)
        .findFirst()
        .map(value -> String.format(Locale.ROOT, "%s is outside %s", element, words()));
  }

  private static Stream<XmlElement> within(XmlElement element) {
    return Stream.concat(
        Stream.of(element), element.children().stream().flatMap(ValueLimit::within));
  }

  /** What is no number, or a very long one, is in no limits. */
  private boolean outside(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return true;
    }
    BigDecimal value = new BigDecimal(text);
    return minimum.filter(least -> value.compareTo(least) < 0).isPresent()
        || maximum.filter(most -> value.compareTo(most) > 0).isPresent();
  }

  /** A number in a file or a request: no exponent, which would let few characters mean many. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private String words() {
    return minimum.map(BigDecimal::toPlainString).orElse("...")
        + " to "
        + maximum.map(BigDecimal::toPlainString).orElse("...");
  }
}
