// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The command that is being carried out.
 *
 * @param header its grouping header: who sent it, under which counter, for which use case
 * @param sender the role in which its originator sent it
 */
public record CommandContext(GroupingHeader header, RemotePartyRole sender) {}
