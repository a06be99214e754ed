// SPDX-License-Identifier: Apache-2.0
/** The gbcs room against the official reference messages. */
@NullMarked
package org.meterbox.conformance.gbcs;

import org.jspecify.annotations.NullMarked;
