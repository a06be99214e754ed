// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on their way to devices: handed to the SM WAN, looked after until they are answered,
 * sent again after a restart.
 */
@NullMarked
package org.meterbox.dsp.dispatch;

import org.jspecify.annotations.NullMarked;
