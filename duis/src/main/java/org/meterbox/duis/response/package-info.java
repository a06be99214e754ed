// SPDX-License-Identifier: Apache-2.0
/** Service Responses, Device Alerts and DCC Alerts: what the DSP tells a DCC User. */
@NullMarked
package org.meterbox.duis.response;

import org.jspecify.annotations.NullMarked;
