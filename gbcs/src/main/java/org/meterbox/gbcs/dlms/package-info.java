// SPDX-License-Identifier: Apache-2.0
/**
 * DLMS/COSEM payloads: A-XDR values, ACCESS requests and responses, data notifications, protected
 * attributes (GBCS section 7.3).
 */
@NullMarked
package org.meterbox.gbcs.dlms;

import org.jspecify.annotations.NullMarked;
