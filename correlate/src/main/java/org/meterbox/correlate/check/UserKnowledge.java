// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import org.meterbox.correlate.keys.PartyKeys;

/**
 * What the user knows besides the request.
 *
 * @param senderTimes when a Pre-Command may have been made
 * @param deviceTypes what other devices are
 * @param certificates the certificates of other devices
 */
public record UserKnowledge(
    SenderTimes senderTimes, DeviceTypes deviceTypes, PartyKeys certificates) {}
