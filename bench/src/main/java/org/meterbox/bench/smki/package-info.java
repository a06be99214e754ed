// SPDX-License-Identifier: Apache-2.0
/** How fast certificates are issued and found. */
@NullMarked
package org.meterbox.bench.smki;

import org.jspecify.annotations.NullMarked;
