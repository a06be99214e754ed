// SPDX-License-Identifier: Apache-2.0
/** Devices as COSEM objects: what a use case may touch, and how attributes are read and changed. */
@NullMarked
package org.meterbox.devices.cosem;

import org.jspecify.annotations.NullMarked;
