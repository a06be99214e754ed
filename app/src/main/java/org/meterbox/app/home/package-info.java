// SPDX-License-Identifier: Apache-2.0
/** The commands for whoever stands before the meter of a running system. */
@NullMarked
package org.meterbox.app.home;

import org.jspecify.annotations.NullMarked;
