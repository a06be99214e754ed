// SPDX-License-Identifier: Apache-2.0
/** The signed DUIS documents that the DSP sends: acknowledgements, responses and alerts. */
@NullMarked
package org.meterbox.dsp.answers;

import org.jspecify.annotations.NullMarked;
