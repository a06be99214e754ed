// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.util.Optional;

/**
 * Where a meter point is, as registration data say.
 *
 * @param uprn Unique Property Reference Number, at most 12 digits
 * @param postCode as it was written, 6 to 8 characters
 * @param addressIdentifier what tells premises of one post code apart, at most 30 characters
 */
public record Property(
    Optional<Long> uprn, Optional<String> postCode, Optional<String> addressIdentifier) {}
