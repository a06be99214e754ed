// SPDX-License-Identifier: Apache-2.0
/** Writes MMC documents, the readable form of device messages (MMC schema 5.4). */
@NullMarked
package org.meterbox.correlate.mmc;

import org.jspecify.annotations.NullMarked;
