// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.coverage;

import java.util.Optional;

/**
 * What a communications service provider says about the SM WAN at a place (DUIS,
 * DSPWANMatrixResponse).
 *
 * @param region the provider's region, for example North or 4G South
 * @param available whether there is coverage now
 * @param technology for example Cellular, at most 30 characters
 * @param likelihood High, Medium or Low
 * @param equipment what a hub needs beside itself, at most 50 characters
 */
public record RegionCoverage(
    String region,
    boolean available,
    String technology,
    String likelihood,
    Optional<String> equipment) {}
