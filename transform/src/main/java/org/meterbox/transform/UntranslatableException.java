// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.Locale;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What a request needs beside itself is missing, and a response code says so. */
public final class UntranslatableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ResponseCode code;

  private UntranslatableException(ResponseCode code, String reason) {
    super(reason);
    this.code = code;
  }

  /** The request names a device that the inventory does not have. */
  public static UntranslatableException unknownDevice(XmlElement named) {
    return new UntranslatableException(
        ResponseCode.E19, named.path() + " names a device that the inventory does not have");
  }

  /**
   * The inventory lacks something of a device that it has.
   *
   * @param lacking what, as the object of "lacks"
   */
  public static UntranslatableException lacking(XmlElement named, String lacking) {
    return new UntranslatableException(
        ResponseCode.E19,
        String.format(
            Locale.ROOT, "the inventory lacks %s of the device in %s", lacking, named.path()));
  }

  /** The specified response code. */
  public ResponseCode code() {
    return code;
  }
}
