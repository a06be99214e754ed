// SPDX-License-Identifier: Apache-2.0
/**
 * ZigBee payloads of GBCS messages (GBZ): the frame with its components, and the ZCL commands and
 * attributes inside, decoded to named typed values by a table of our own.
 */
@NullMarked
package org.meterbox.gbcs.gbz;

import org.jspecify.annotations.NullMarked;
