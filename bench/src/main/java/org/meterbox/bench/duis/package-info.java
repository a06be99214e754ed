// SPDX-License-Identifier: Apache-2.0
/** How fast requests are validated, verified and translated, beside what no receiver can avoid. */
@NullMarked
package org.meterbox.bench.duis;

import org.jspecify.annotations.NullMarked;
