// SPDX-License-Identifier: Apache-2.0
/** What people and the network do to a meter, without a message. */
@NullMarked
package org.meterbox.devices.esme.local;

import org.jspecify.annotations.NullMarked;
