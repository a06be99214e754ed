// SPDX-License-Identifier: Apache-2.0
/** What of the specifications' tables tests have shown to work. */
@NullMarked
package org.meterbox.app.coverage;

import org.jspecify.annotations.NullMarked;
