// SPDX-License-Identifier: Apache-2.0
/** The keys that a command is given: one directory of PEM files, the same for every command. */
@NullMarked
package org.meterbox.app.keys;

import org.jspecify.annotations.NullMarked;
