// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.time.Instant;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.repository.DistinguishedName;

/**
 * A revocation list as its issuer signed it.
 *
 * @param issuer the authority whose certificates it speaks of
 * @param number counts the issuer's lists from 1
 * @param thisUpdate the moment of which it speaks
 * @param nextUpdate when the next one is out at the latest
 * @param entries how many certificates it names
 * @param der the list itself
 */
public record SignedRevocationList(
    DistinguishedName issuer,
    long number,
    Instant thisUpdate,
    Instant nextUpdate,
    int entries,
    Octets der) {}
