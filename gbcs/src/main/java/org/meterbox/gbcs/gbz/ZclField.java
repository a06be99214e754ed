// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

/**
 * A named value in a command.
 *
 * @param name as the ZigBee Smart Energy specification spells it
 */
public record ZclField(String name, ZclValue value) {}
