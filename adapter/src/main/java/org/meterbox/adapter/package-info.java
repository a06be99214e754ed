// SPDX-License-Identifier: Apache-2.0
/**
 * A DCC User's own side: it holds the user's keys, signs and sends Service Requests, receives what
 * the DSP pushes, and checks every Pre-Command before it signs it.
 */
@NullMarked
package org.meterbox.adapter;

import org.jspecify.annotations.NullMarked;
