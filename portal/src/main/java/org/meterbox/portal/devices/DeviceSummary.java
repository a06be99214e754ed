// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.kernel.Eui64;

/**
 * A device of the Smart Metering Inventory.
 *
 * @param id its EUI-64
 * @param type the kind of device
 * @param hub the communications hub of its home, where it is in one
 * @param status where it stands in its life; none for a Type 2 device
 * @param manufacturer identifier of the manufacturer
 * @param model identifier of the model
 * @param technicalSpecification SMETS or CHTS version
 * @param firmwareVersion the version that runs
 * @param gbcsVersion the version of GBCS it speaks
 * @param esmeVariant the letter of an ESME's variant
 * @param importMpxn the meter point of import
 * @param secondaryImportMpan the second meter point of a twin element meter
 * @param exportMpan the meter point of export
 */
public record DeviceSummary(
    Eui64 id,
    String type,
    Optional<Eui64> hub,
    Optional<String> status,
    String manufacturer,
    String model,
    Optional<String> technicalSpecification,
    Optional<String> firmwareVersion,
    Optional<String> gbcsVersion,
    Optional<String> esmeVariant,
    Optional<String> importMpxn,
    Optional<String> secondaryImportMpan,
    Optional<String> exportMpan) {
  /** Every meter point it measures. */
  public List<String> meterPoints() {
    return Stream.of(importMpxn, secondaryImportMpan, exportMpan)
        .flatMap(Optional::stream)
        .toList();
  }

  /** How its status looks: good, warn, bad or nothing. */
  public String tone() {
    return switch (status.orElse("")) {
      case "COMMISSIONED" -> "good";
      case "PENDING", "WHITELISTED", "INSTALLED_NOT_COMMISSIONED", "RECOVERY" -> "warn";
      case "SUSPENDED" -> "bad";
      default -> "";
    };
  }

  /** Its status as people read it. */
  public String statusText() {
    return status.map(DeviceSearch::words).orElse("no life cycle");
  }
}
