// SPDX-License-Identifier: Apache-2.0
/**
 * A small world around the DSP: parties with certificates, a device, an SM WAN, a user's server.
 */
@NullMarked
package org.meterbox.dsp.testing;

import org.jspecify.annotations.NullMarked;
