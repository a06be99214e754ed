// SPDX-License-Identifier: Apache-2.0
/**
 * From a posted document to its synchronous answer: read, verify, decide, make the command, store,
 * answer.
 */
@NullMarked
package org.meterbox.dsp.intake;

import org.jspecify.annotations.NullMarked;
