// SPDX-License-Identifier: Apache-2.0
/** The gas proxy function: what it knows of the gas meter, and how it learns it. */
@NullMarked
package org.meterbox.devices.gas.mirror;

import org.jspecify.annotations.NullMarked;
