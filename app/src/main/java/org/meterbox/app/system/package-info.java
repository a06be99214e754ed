// SPDX-License-Identifier: Apache-2.0
/** All rooms assembled into one running system, and what it keeps where. */
@NullMarked
package org.meterbox.app.system;

import org.jspecify.annotations.NullMarked;
