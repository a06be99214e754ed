// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.nio.file.Path;
import java.util.Locale;
import org.meterbox.app.files.InputFile;

/**
 * A request's file, whose name may say what the request does not: the use case that it is for. The
 * published requests are named so, for example {@code ECS17b_4.1.1_TWIN_SUCCESS_REQUEST_DUIS.XML}.
 *
 * @param file where it is
 * @param stem the name without {@code _REQUEST_DUIS.XML} or {@code .xml}
 */
record RequestFile(InputFile file, String stem) {
  private static final String LONG_ENDING = "_REQUEST_DUIS.XML";
  private static final String ENDING = ".XML";

  static RequestFile of(InputFile file) {
    String name = String.valueOf(file.relative().getFileName());
    String upper = name.toUpperCase(Locale.ROOT);
    int cut =
        upper.endsWith(LONG_ENDING)
            ? LONG_ENDING.length()
            : upper.endsWith(ENDING) ? ENDING.length() : 0;
    return new RequestFile(file, name.substring(0, name.length() - cut));
  }

  /** Where the result goes, relative to the output directory. */
  Path target(String ending) {
    return file.relative().resolveSibling(stem + ending);
  }

  /**
   * Whether the name begins with this use case. What follows a use case's name up to the first
   * underscore only tells its requests apart, as in ECS47Activate, and the names have no slash.
   */
  boolean names(String useCase) {
    int end = stem.indexOf('_');
    String first = end < 0 ? stem : stem.substring(0, end);
    String plain = useCase.replace("/", "");
    boolean longerUseCase =
        first.length() > plain.length()
            && (Character.isLowerCase(first.charAt(plain.length()))
                || Character.isDigit(first.charAt(plain.length())));
    return first.startsWith(plain) && !longerUseCase;
  }

  /** Whether the name says that the meter measures two elements. */
  boolean namesTwinElement() {
    return stem.contains("_TWIN");
  }
}
