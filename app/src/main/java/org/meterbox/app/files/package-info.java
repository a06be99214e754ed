// SPDX-License-Identifier: Apache-2.0
/** The files that a command is given: finding them, and reading messages from them. */
@NullMarked
package org.meterbox.app.files;

import org.jspecify.annotations.NullMarked;
