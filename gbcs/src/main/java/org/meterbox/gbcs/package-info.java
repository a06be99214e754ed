// SPDX-License-Identifier: Apache-2.0
/** The device language: envelope, DLMS, GBZ, ASN.1, use-case catalogue. */
@NullMarked
package org.meterbox.gbcs;

import org.jspecify.annotations.NullMarked;
