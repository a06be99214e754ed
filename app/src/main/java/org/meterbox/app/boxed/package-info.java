// SPDX-License-Identifier: Apache-2.0
/** What client tools of the commercial emulator expect beside the DUIS services. */
@NullMarked
package org.meterbox.app.boxed;

import org.jspecify.annotations.NullMarked;
