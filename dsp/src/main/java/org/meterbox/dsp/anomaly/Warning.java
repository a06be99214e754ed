// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.time.Instant;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * So many requests came that quarantine is near. DUIS has no alert for it: it goes to people.
 *
 * @param requests how many had come
 * @param quarantineAfter after how many quarantine begins
 */
public record Warning(
    CountedParty counted,
    ServiceReferenceVariant service,
    Instant at,
    long requests,
    long quarantineAfter) {}
