// SPDX-License-Identifier: Apache-2.0
/** Requests to gas meters and the gas proxy, in GBZ (GBCS section 7.2.9). */
@NullMarked
package org.meterbox.transform.gas;

import org.jspecify.annotations.NullMarked;
