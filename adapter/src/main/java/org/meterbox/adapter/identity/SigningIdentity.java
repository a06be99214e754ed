// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.identity;

import java.security.cert.X509Certificate;
import org.meterbox.crypto.SigningKey;

/** A signing key with the certificate that others verify with. */
public record SigningIdentity(SigningKey key, X509Certificate certificate) {}
