// SPDX-License-Identifier: Apache-2.0
/** Where there is SM WAN: what the communications service providers tell about post codes. */
@NullMarked
package org.meterbox.dsp.coverage;

import org.jspecify.annotations.NullMarked;
