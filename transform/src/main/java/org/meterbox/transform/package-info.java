// SPDX-License-Identifier: Apache-2.0
/** The DSP's translator from DUIS to GBCS. */
@NullMarked
package org.meterbox.transform;

import org.jspecify.annotations.NullMarked;
