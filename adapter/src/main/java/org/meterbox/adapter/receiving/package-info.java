// SPDX-License-Identifier: Apache-2.0
/** The user's Receive Response Service: takes what the DSP pushes, once, and keeps it. */
@NullMarked
package org.meterbox.adapter.receiving;

import org.jspecify.annotations.NullMarked;
