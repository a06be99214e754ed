// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.math.BigInteger;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.KeyUse;

/** Which certificates a person looks for; an absent condition is no condition. */
public record CertificateQuery(
    Optional<Eui64> subject,
    Optional<BigInteger> serial,
    Optional<RemotePartyRole> role,
    Optional<KeyUse> use) {}
