// SPDX-License-Identifier: Apache-2.0
/** What devices send: stored before the SM WAN is told so, then matched, checked and handed on. */
@NullMarked
package org.meterbox.dsp.uplink;

import org.jspecify.annotations.NullMarked;
