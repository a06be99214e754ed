// SPDX-License-Identifier: Apache-2.0
/** What gas devices' GBZ answers mean, use case by use case (GBCS GCS and CS10, MMC schema). */
@NullMarked
package org.meterbox.correlate.gas;

import org.jspecify.annotations.NullMarked;
