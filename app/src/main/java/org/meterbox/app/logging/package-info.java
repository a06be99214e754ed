// SPDX-License-Identifier: Apache-2.0
/** What becomes of log events on their way to the operator's terminal. */
@NullMarked
package org.meterbox.app.logging;

import org.jspecify.annotations.NullMarked;
