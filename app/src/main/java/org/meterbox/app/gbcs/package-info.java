// SPDX-License-Identifier: Apache-2.0
/** The commands that read, check, sign and write GBCS messages in files. */
@NullMarked
package org.meterbox.app.gbcs;

import org.jspecify.annotations.NullMarked;
