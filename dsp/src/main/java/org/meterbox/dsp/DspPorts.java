// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import java.security.SecureRandom;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.smki.dccki.TlsRevocation;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.store.Store;

/**
 * What the DCC Data Systems work with.
 *
 * @param store their PostgreSQL
 * @param certificates the SMKI Repository
 * @param keys used where they are kept
 * @param listeningTls presents the DSP's DCCKI server certificate and trusts the users'
 * @param revocation which of the users' DCCKI certificates have been taken back
 * @param callingTls presents the DSP's DCCKI client certificate and trusts the users'
 * @param clock the one clock of the system
 * @param random draws the numbers that customers read from their displays
 */
public record DspPorts(
    Store store,
    CertificateRepository certificates,
    BrokerKeys keys,
    SSLContext listeningTls,
    TlsRevocation revocation,
    SSLContext callingTls,
    InstantSource clock,
    SecureRandom random) {}
