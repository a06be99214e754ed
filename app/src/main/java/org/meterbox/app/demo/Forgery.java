// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.nio.charset.StandardCharsets;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;

/** What hostile parties do in the demonstration. */
final class Forgery {
  private static final String ENABLE_SCRIPT = "120033";
  private static final String DISABLE_SCRIPT = "120034";

  private Forgery() {}

  /** A signed document whose request element was exchanged for another's. */
  static Octets bodyOf(RequestDraft wanted, Octets signed, RequestDraft original) {
    String document = new String(signed.toArray(), StandardCharsets.UTF_8);
    String changed =
        document
            .replace(":" + original.body().localName() + ">", ":" + wanted.body().localName() + ">")
            .replace(
                ">" + original.serviceReferenceVariant() + "<",
                ">" + wanted.serviceReferenceVariant() + "<");
    return Octets.of(changed.getBytes(StandardCharsets.UTF_8));
  }

  /** An Enable Supply Pre-Command that runs the script of Disable Supply. */
  static Octets disablingPreCommand(Octets enabling) {
    String hex = enabling.hex();
    int script = hex.lastIndexOf(ENABLE_SCRIPT);
    if (script < 0) {
      throw new IllegalArgumentException("not an Enable Supply Pre-Command");
    }
    return Octets.ofHex(
        hex.substring(0, script) + DISABLE_SCRIPT + hex.substring(script + ENABLE_SCRIPT.length()));
  }

  /** A command with the last bit of its MAC turned. */
  static Octets withWrongMac(Octets command) {
    byte[] octets = command.toArray();
    octets[octets.length - 1] ^= 1;
    return Octets.of(octets);
  }
}
