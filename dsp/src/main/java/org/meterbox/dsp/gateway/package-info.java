// SPDX-License-Identifier: Apache-2.0
/** The DCC User gateway: HTTP listeners in front of the intake. */
@NullMarked
package org.meterbox.dsp.gateway;

import org.jspecify.annotations.NullMarked;
