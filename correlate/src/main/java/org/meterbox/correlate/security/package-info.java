// SPDX-License-Identifier: Apache-2.0
/**
 * What answers in ASN.1 mean: credentials, joining, firmware, clock (GBCS CS02 to CS08, GCS28,
 * GCS59; MMC schema).
 */
@NullMarked
package org.meterbox.correlate.security;

import org.jspecify.annotations.NullMarked;
