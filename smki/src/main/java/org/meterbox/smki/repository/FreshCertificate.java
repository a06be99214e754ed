// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.time.Instant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.KeyUse;

/**
 * A device's certificate on its way into the repository, taken apart by whoever made it: at a
 * hundred thousand an hour nobody reads his own writing again.
 *
 * @param id issuer and serial number
 * @param use the one purpose of the key
 * @param key the public key's hash
 * @param der the certificate itself
 */
public record FreshCertificate(
    CertificateId id,
    Eui64 device,
    KeyUse use,
    Instant notBefore,
    Instant notAfter,
    Octets keyIdentifier,
    PublicKeyHash key,
    Octets der) {}
