// SPDX-License-Identifier: Apache-2.0
/** The billing calendar and the logs of what was billed. */
@NullMarked
package org.meterbox.devices.esme.billing;

import org.jspecify.annotations.NullMarked;
