// SPDX-License-Identifier: Apache-2.0
/**
 * Payloads in ASN.1 (DER): security credentials, joining and unjoining, device logs, firmware, the
 * gas meter's clock (GBCS section 13 and the use cases CS02 to CS09, CCS08, GCS28, GCS59, GCS62).
 */
@NullMarked
package org.meterbox.gbcs.asn1;

import org.jspecify.annotations.NullMarked;
