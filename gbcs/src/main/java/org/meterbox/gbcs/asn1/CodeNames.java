// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;

/** The names of the numbers of one ENUMERATED or named INTEGER; numbers without a name are kept. */
final class CodeNames {
  /** The greatest number that is accepted, whether it has a name or not. */
  static final int MAX = 0xFF;

  private final List<String> names;

  private CodeNames(List<String> names) {
    this.names = names;
  }

  /** Names of the numbers from 0 on. */
  static CodeNames of(String... names) {
    return new CodeNames(List.of(names));
  }

  /** The number's name, or the number. */
  String name(int code) {
    return code >= 0 && code < names.size() ? names.get(code) : "code " + code;
  }
}
