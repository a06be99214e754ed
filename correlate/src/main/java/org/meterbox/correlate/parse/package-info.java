// SPDX-License-Identifier: Apache-2.0
/** Parse: one device message becomes one MMC document with verdicts on its origin. */
@NullMarked
package org.meterbox.correlate.parse;

import org.jspecify.annotations.NullMarked;
