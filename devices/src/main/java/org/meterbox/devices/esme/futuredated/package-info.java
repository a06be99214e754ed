// SPDX-License-Identifier: Apache-2.0
/** Settings that take effect at a later time. */
@NullMarked
package org.meterbox.devices.esme.futuredated;

import org.jspecify.annotations.NullMarked;
