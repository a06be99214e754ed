// SPDX-License-Identifier: Apache-2.0
/** Messages as a person reads them: names, units, times and verdicts; secrets never. */
@NullMarked
package org.meterbox.gbcs.dump;

import org.jspecify.annotations.NullMarked;
