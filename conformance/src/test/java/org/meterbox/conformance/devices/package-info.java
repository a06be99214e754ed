// SPDX-License-Identifier: Apache-2.0
/** Virtual devices against the commands and responses of the official reference data. */
@NullMarked
package org.meterbox.conformance.devices;

import org.jspecify.annotations.NullMarked;
