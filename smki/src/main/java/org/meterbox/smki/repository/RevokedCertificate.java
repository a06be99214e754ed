// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;

/** One entry of an authority's revocation list. */
public record RevokedCertificate(BigInteger serial, Revocation revocation) {}
