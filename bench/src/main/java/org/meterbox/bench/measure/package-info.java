// SPDX-License-Identifier: Apache-2.0
/** Measuring short operations so that they can be compared. */
@NullMarked
package org.meterbox.bench.measure;

import org.jspecify.annotations.NullMarked;
