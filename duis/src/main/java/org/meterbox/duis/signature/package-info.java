// SPDX-License-Identifier: Apache-2.0
/**
 * XML signatures in the one profile of DUIS: enveloped, one reference to the whole document, ECDSA
 * P-256 with SHA-256, signer named by issuer and serial number.
 */
@NullMarked
package org.meterbox.duis.signature;

import org.jspecify.annotations.NullMarked;
