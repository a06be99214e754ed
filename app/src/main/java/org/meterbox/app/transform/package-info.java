// SPDX-License-Identifier: Apache-2.0
/** The command that translates request files into GBCS. */
@NullMarked
package org.meterbox.app.transform;

import org.jspecify.annotations.NullMarked;
