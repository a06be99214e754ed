// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.util.Optional;

/**
 * What a device is, as the inventory states it in DUIS.
 *
 * @param manufacturer identifier of the manufacturer, for example {@code 106C}
 * @param model identifier of the model, for example {@code 433100AC}
 * @param technicalSpecification the SMETS or CHTS version, for example {@code SMETS2 V5.4}
 * @param firmwareVersion the version that runs
 * @param gbcsVersion the GBCS version it speaks, for example {@code 4.2}
 * @param esmeVariant letters A to G for an ESME
 */
public record DeviceModel(
    String manufacturer,
    String model,
    Optional<String> technicalSpecification,
    Optional<String> firmwareVersion,
    Optional<String> gbcsVersion,
    Optional<String> esmeVariant) {}
