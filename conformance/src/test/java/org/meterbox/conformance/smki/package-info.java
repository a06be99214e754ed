// SPDX-License-Identifier: Apache-2.0
/** The certificates of the official reference data, read by the smki room. */
@NullMarked
package org.meterbox.conformance.smki;

import org.jspecify.annotations.NullMarked;
