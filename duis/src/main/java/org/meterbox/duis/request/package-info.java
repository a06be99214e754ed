// SPDX-License-Identifier: Apache-2.0
/** Service Requests: what a DCC User asks of the DSP (DUIS, Request). */
@NullMarked
package org.meterbox.duis.request;

import org.jspecify.annotations.NullMarked;
