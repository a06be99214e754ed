// SPDX-License-Identifier: Apache-2.0
/**
 * What a Pre-Command must be to carry out a request, octet by octet, each octet with the words of
 * the request that it comes from; and the words for how another Pre-Command differs from that.
 */
@NullMarked
package org.meterbox.correlate.expectation;

import org.jspecify.annotations.NullMarked;
