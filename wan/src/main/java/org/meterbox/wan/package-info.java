// SPDX-License-Identifier: Apache-2.0
/**
 * The SM WAN of the Communication Service Providers: which hub serves which device, what waits for
 * each hub and in which order it goes, and how a hub's messages reach the DSP.
 */
@NullMarked
package org.meterbox.wan;

import org.jspecify.annotations.NullMarked;
