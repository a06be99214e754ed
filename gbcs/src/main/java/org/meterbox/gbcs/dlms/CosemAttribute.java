// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.Locale;

/**
 * An attribute or a method of a COSEM object.
 *
 * @param classId interface class, 0 to 65535
 * @param object logical name
 * @param member number of the attribute or method, 0 to 255
 */
public record CosemAttribute(int classId, Obis object, int member) {
  /** With the logical name as text. */
  public static CosemAttribute of(int classId, String object, int member) {
    return new CosemAttribute(classId, Obis.parse(object), member);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d/%s/%d", classId, object, member);
  }
}
