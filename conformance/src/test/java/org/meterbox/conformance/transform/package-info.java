// SPDX-License-Identifier: Apache-2.0
/** The translation of requests held against the official pairs of request and message. */
@NullMarked
package org.meterbox.conformance.transform;

import org.jspecify.annotations.NullMarked;
