// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.identity;

import java.security.cert.X509Certificate;
import org.meterbox.crypto.AgreementKey;

/** A key agreement key with the certificate that others agree with. */
public record AgreementIdentity(AgreementKey key, X509Certificate certificate) {}
