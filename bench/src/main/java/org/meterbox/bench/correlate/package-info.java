// SPDX-License-Identifier: Apache-2.0
/** How fast Parse and Correlate is, beside what the bare cryptography of the messages costs. */
@NullMarked
package org.meterbox.bench.correlate;

import org.jspecify.annotations.NullMarked;
