// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.security.cert.X509Certificate;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;

/**
 * The keys of the DCC Data Systems. They are used where they are kept.
 *
 * @param id the Access Control Broker's identifier, which is also that of the DSP
 * @param agreement with whose public half every device is made
 * @param documentSigning signs what goes to users
 * @param documentSigningCertificate its certificate (role DSP XML signing)
 */
public record BrokerKeys(
    Eui64 id,
    AgreementKey agreement,
    SigningKey documentSigning,
    X509Certificate documentSigningCertificate) {}
