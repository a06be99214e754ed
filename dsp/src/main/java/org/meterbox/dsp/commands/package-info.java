// SPDX-License-Identifier: Apache-2.0
/**
 * The DCC's command policy: in whose name a command goes to a device, who signs it, what the
 * translation has to know beside the request, and the Access Control Broker's MAC. The running DSP
 * and the command line use the same rules; each brings its own {@link
 * org.meterbox.dsp.commands.CommandFacts} and {@link org.meterbox.dsp.commands.DccParties}.
 */
@NullMarked
package org.meterbox.dsp.commands;

import org.jspecify.annotations.NullMarked;
