// SPDX-License-Identifier: Apache-2.0
/** Published key stores of test organisations: certificates and the private keys to them. */
@NullMarked
package org.meterbox.smki.keystore;

import org.jspecify.annotations.NullMarked;
