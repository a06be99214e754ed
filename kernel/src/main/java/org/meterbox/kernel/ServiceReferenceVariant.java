// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.regex.Pattern;

/**
 * Names one Service Request Variant, for example 4.1.1. Equals the service reference where a
 * service has no variants.
 *
 * @param value two or three numbers joined by dots
 */
public record ServiceReferenceVariant(String value) {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]?(\\.[1-9][0-9]?){1,2}");

  /** Refuses text that is not two or three numbers joined by dots. */
  public ServiceReferenceVariant {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a service reference variant is two or three numbers joined by dots, for example 4.1.1");
    }
  }

  /** The service reference: the first two numbers. */
  public String serviceReference() {
    int second = value.indexOf('.', value.indexOf('.') + 1);
    return second < 0 ? value : value.substring(0, second);
  }

  @Override
  public String toString() {
    return value;
  }
}
