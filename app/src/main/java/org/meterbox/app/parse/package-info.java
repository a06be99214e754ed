// SPDX-License-Identifier: Apache-2.0
/** {@code meterbox parse}: files with device messages become files with MMC XML. */
@NullMarked
package org.meterbox.app.parse;

import org.jspecify.annotations.NullMarked;
