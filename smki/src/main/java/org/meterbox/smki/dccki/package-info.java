// SPDX-License-Identifier: Apache-2.0
/** TLS between DCC Users and the DCC: certificates, key stores and trust stores. */
@NullMarked
package org.meterbox.smki.dccki;

import org.jspecify.annotations.NullMarked;
