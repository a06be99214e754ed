// SPDX-License-Identifier: Apache-2.0
/** How fast GBCS messages are decoded and checked, beside what the bare cryptography costs. */
@NullMarked
package org.meterbox.bench.gbcs;

import org.jspecify.annotations.NullMarked;
