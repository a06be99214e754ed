// SPDX-License-Identifier: Apache-2.0
/** Requests about credentials, joining, firmware and clocks, in ASN.1 (GBCS section 13). */
@NullMarked
package org.meterbox.transform.credentials;

import org.jspecify.annotations.NullMarked;
