// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import org.meterbox.kernel.Eui64;

/** Whose requests a threshold counts. */
public sealed interface CountedParty {
  /** One user's; the user itself sets the threshold. */
  record User(Eui64 id) implements CountedParty {}

  /** All users' together; the DCC sets the threshold. */
  record AllUsers() implements CountedParty {}

  /** Those that the Change of Supplier party carries out; it has a detector of its own. */
  record CosParty() implements CountedParty {}

  /** How it stands in the store. */
  default String key() {
    return switch (this) {
      case User(Eui64 id) -> id.hex();
      case AllUsers _ -> "DCC";
      case CosParty _ -> "COS";
    };
  }

  /** The party with this key. */
  static CountedParty ofKey(String key) {
    return switch (key) {
      case "DCC" -> new AllUsers();
      case "COS" -> new CosParty();
      default -> new User(Eui64.parse(key));
    };
  }
}
