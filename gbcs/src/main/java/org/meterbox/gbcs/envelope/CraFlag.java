// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import org.meterbox.crypto.KeyPurpose;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;

/** Command, Response or Alert: the flag that begins every transaction identifier. */
public enum CraFlag {
  COMMAND(1, KeyPurpose.COMMAND),
  RESPONSE(2, KeyPurpose.RESPONSE),
  ALERT(3, KeyPurpose.ALERT);

  private final int code;
  private final KeyPurpose macPurpose;

  CraFlag(int code, KeyPurpose macPurpose) {
    this.code = code;
    this.macPurpose = macPurpose;
  }

  /** The octet on the wire. */
  public int code() {
    return code;
  }

  /** What the key of the message's MAC is derived for. */
  public KeyPurpose macPurpose() {
    return macPurpose;
  }

  /** Reads the flag. */
  public static CraFlag read(OctetReader reader) throws DecodeException {
    CraFlag flag =
        switch (reader.peek()) {
          case 1 -> COMMAND;
          case 2 -> RESPONSE;
          case 3 -> ALERT;
          default -> throw reader.fault(Fault.UNEXPECTED_VALUE, "the CRA flag must be 1, 2 or 3");
        };
    reader.u8();
    return flag;
  }
}
