// SPDX-License-Identifier: Apache-2.0
/** The current that a meter carries, watched against its rating. */
@NullMarked
package org.meterbox.devices.esme.current;

import org.jspecify.annotations.NullMarked;
