// SPDX-License-Identifier: Apache-2.0
/** A DCC User's own side: keys, sending, receiving, orchestration. */
@NullMarked
package org.meterbox.adapter;

import org.jspecify.annotations.NullMarked;
