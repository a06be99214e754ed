// SPDX-License-Identifier: Apache-2.0
/** The command line and the assembly of all rooms into one system. */
@NullMarked
package org.meterbox.app;

import org.jspecify.annotations.NullMarked;
