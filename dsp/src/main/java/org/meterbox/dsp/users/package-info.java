// SPDX-License-Identifier: Apache-2.0
/** The DCC Users: who they are, which roles they hold, where their responses go. */
@NullMarked
package org.meterbox.dsp.users;

import org.jspecify.annotations.NullMarked;
