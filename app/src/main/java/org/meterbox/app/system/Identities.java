// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.security.cert.X509Certificate;
import java.util.Set;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;

/** The keys and certificates of every party but the devices: enrolled here, or published ones. */
public interface Identities {
  /** The DSP's keys. */
  BrokerKeys broker();

  /** A user's keys. */
  UserIdentity user(Participant participant);

  /**
   * The certificate with which others know a party, for example in a device's trust anchor cell.
   */
  X509Certificate certificate(Eui64 party, RemotePartyRole role, KeyUse use, CellUsage cellUsage);

  /**
   * Certificates to be believed whatever their issuer and dates; none where all is enrolled here.
   */
  Set<X509Certificate> pinned();
}
