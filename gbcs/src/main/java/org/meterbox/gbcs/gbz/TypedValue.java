// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import org.meterbox.kernel.Octets;

/**
 * A value with its data type before it.
 *
 * @param typeCode the octet before the value; {@link ZclType} names those that ZCL knows
 */
public record TypedValue(int typeCode, ZclValue value) {
  /** A number of this type, with or without sign. */
  public static TypedValue number(ZclType type, long number) {
    ZclValue value =
        type.form() == ZclType.Form.SIGNED
            ? new ZclValue.Signed(type, number)
            : new ZclValue.Unsigned(type, number);
    return new TypedValue(type.code(), value);
  }

  /** A string of this type. */
  public static TypedValue text(ZclType type, Octets octets) {
    return new TypedValue(type.code(), new ZclValue.Text(type, octets));
  }
}
