// SPDX-License-Identifier: Apache-2.0
/** The command that starts a system and leaves it running. */
@NullMarked
package org.meterbox.app.up;

import org.jspecify.annotations.NullMarked;
