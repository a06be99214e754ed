// SPDX-License-Identifier: Apache-2.0
/** Two rooms that share nothing are asked the same: where they disagree, one of them is wrong. */
@NullMarked
package org.meterbox.conformance.differential;

import org.jspecify.annotations.NullMarked;
