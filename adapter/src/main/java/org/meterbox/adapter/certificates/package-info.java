// SPDX-License-Identifier: Apache-2.0
/** Other parties' certificates, asked of the SMKI Repository. */
@NullMarked
package org.meterbox.adapter.certificates;

import org.jspecify.annotations.NullMarked;
