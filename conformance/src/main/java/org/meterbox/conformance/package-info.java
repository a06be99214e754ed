// SPDX-License-Identifier: Apache-2.0
/** Reference messages and external oracles, as tests; the architecture test. */
@NullMarked
package org.meterbox.conformance;

import org.jspecify.annotations.NullMarked;
