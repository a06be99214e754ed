// SPDX-License-Identifier: Apache-2.0
/** Registration data at the command line. */
@NullMarked
package org.meterbox.app.registration;

import org.jspecify.annotations.NullMarked;
