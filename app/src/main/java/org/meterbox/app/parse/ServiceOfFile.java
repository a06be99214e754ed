// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parse;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * Which Service Request a file's message answers, where the message itself does not tell: a few use
 * cases answer several requests with the same octets (setting a clock, an auxiliary load, a boost
 * button). The names of the file and of its folder may tell, as those of the official test data do
 * ({@code 8.1.1_ECS70Commission/ECS70Commission_8.1.1_SUCCESS_RESPONSE_GBCS.HEX}).
 */
final class ServiceOfFile {
  private static final Pattern UNDERSCORE = Pattern.compile("_");

  private ServiceOfFile() {}

  /**
   * The one of several that the names tell, or else the first.
   *
   * @param possible at least one
   */
  static ServiceReferenceVariant among(List<ServiceReferenceVariant> possible, Path file) {
    Path absolute = file.toAbsolutePath();
    List<String> words =
        Stream.of(Optional.of(absolute), Optional.ofNullable(absolute.getParent()))
            .flatMap(Optional::stream)
            .flatMap(path -> Optional.ofNullable(path.getFileName()).stream())
            .flatMap(name -> UNDERSCORE.splitAsStream(name.toString()))
            .toList();
    return possible.stream()
        .filter(variant -> words.contains(variant.value()))
        .findFirst()
        .orElseGet(possible::getFirst);
  }
}
