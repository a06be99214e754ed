// SPDX-License-Identifier: Apache-2.0
/** What a person reads at a terminal. */
@NullMarked
package org.meterbox.app.terminal;

import org.jspecify.annotations.NullMarked;
