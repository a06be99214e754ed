// SPDX-License-Identifier: Apache-2.0
/** The commands for DUIS documents in files: validate, sign and verify. */
@NullMarked
package org.meterbox.app.duis;

import org.jspecify.annotations.NullMarked;
