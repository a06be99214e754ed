// SPDX-License-Identifier: Apache-2.0
/** Finding the files that a command is given: one, or all of a kind below a directory. */
@NullMarked
package org.meterbox.app.files;

import org.jspecify.annotations.NullMarked;
