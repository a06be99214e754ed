// SPDX-License-Identifier: Apache-2.0
/** The DCC Data Systems: gateway, access control, inventory, requests in flight, delivery. */
@NullMarked
package org.meterbox.dsp;

import org.jspecify.annotations.NullMarked;
