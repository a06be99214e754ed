// SPDX-License-Identifier: Apache-2.0
/**
 * The Access Control Broker: adds its MAC to every command, speaks to devices for users whom they
 * do not know, and checks what they answer it (GBCS sections 4 to 8).
 */
@NullMarked
package org.meterbox.dsp.broker;

import org.jspecify.annotations.NullMarked;
