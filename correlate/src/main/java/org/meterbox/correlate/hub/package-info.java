// SPDX-License-Identifier: Apache-2.0
/** What a Communications Hub's DLMS answers mean (GBCS CCS and DBCH, MMC schema). */
@NullMarked
package org.meterbox.correlate.hub;

import org.jspecify.annotations.NullMarked;
