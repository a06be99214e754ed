// SPDX-License-Identifier: Apache-2.0
/**
 * The keys that a DCC User checks and reads device messages with: certificates of devices and
 * parties, and the user's own key agreement keys, behind one port.
 */
@NullMarked
package org.meterbox.correlate.keys;

import org.jspecify.annotations.NullMarked;
