// SPDX-License-Identifier: Apache-2.0
/** What a meter shows to whoever stands before it. */
@NullMarked
package org.meterbox.devices.esme.display;

import org.jspecify.annotations.NullMarked;
