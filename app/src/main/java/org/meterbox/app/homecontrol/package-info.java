// SPDX-License-Identifier: Apache-2.0
/** An API to the home of a running system: its time, and what people do at its meters. */
@NullMarked
package org.meterbox.app.homecontrol;

import org.jspecify.annotations.NullMarked;
