// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.xml.Refusal;

/**
 * What a check found out about one file.
 *
 * @param file how the caller names the document
 * @param error the first fault, with its line, column and rule; empty where there is none
 * @param signer whose signature holds; empty where that was not asked or is not so
 */
public record DocumentVerdict(String file, Optional<Refusal> error, Optional<Signer> signer) {

  /** Whether no fault was found. */
  public boolean valid() {
    return error.isEmpty();
  }

  static DocumentVerdict good(String file, Optional<Signer> signer) {
    return new DocumentVerdict(file, Optional.empty(), signer);
  }

  /** A document with this fault. */
  public static DocumentVerdict bad(String file, Refusal error) {
    return new DocumentVerdict(file, Optional.of(error), Optional.empty());
  }

  /** One line for a person: the file, then the verdict. */
  @Override
  public String toString() {
    return error
        .map(fault -> String.format(Locale.ROOT, "%s: invalid: %s", file, fault))
        .orElseGet(() -> file + ": valid" + signer.map(who -> ", signed by " + who).orElse(""));
  }
}
