// SPDX-License-Identifier: Apache-2.0
/**
 * The keys and counters of the DCC's own parties: the Access Control Broker, which adds its MAC to
 * every command and checks what devices answer it, and the change of supplier party (GBCS sections
 * 4 to 8).
 */
@NullMarked
package org.meterbox.dsp.broker;

import org.jspecify.annotations.NullMarked;
