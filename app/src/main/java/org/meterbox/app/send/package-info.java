// SPDX-License-Identifier: Apache-2.0
/** The command that sends one request to a running system and shows what comes back. */
@NullMarked
package org.meterbox.app.send;

import org.jspecify.annotations.NullMarked;
