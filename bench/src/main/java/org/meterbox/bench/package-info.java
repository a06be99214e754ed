// SPDX-License-Identifier: Apache-2.0
/** Benchmarks and the load driver. */
@NullMarked
package org.meterbox.bench;

import org.jspecify.annotations.NullMarked;
