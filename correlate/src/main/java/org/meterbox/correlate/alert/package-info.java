// SPDX-License-Identifier: Apache-2.0
/**
 * What alerts mean: their code, their time and the content that some of them carry (MMC alerts).
 */
@NullMarked
package org.meterbox.correlate.alert;

import org.jspecify.annotations.NullMarked;
