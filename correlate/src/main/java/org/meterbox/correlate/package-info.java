// SPDX-License-Identifier: Apache-2.0
/** Parse and Correlate: device messages to MMC XML, Pre-Commands checked against requests. */
@NullMarked
package org.meterbox.correlate;

import org.jspecify.annotations.NullMarked;
