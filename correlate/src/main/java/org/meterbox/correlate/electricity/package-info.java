// SPDX-License-Identifier: Apache-2.0
/** What an electricity meter's DLMS answers mean, use case by use case (GBCS ECS, MMC schema). */
@NullMarked
package org.meterbox.correlate.electricity;

import org.jspecify.annotations.NullMarked;
