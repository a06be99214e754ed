// SPDX-License-Identifier: Apache-2.0
/** The whole system under load: from a signed request to the pushed and verified response. */
@NullMarked
package org.meterbox.bench.system;

import org.jspecify.annotations.NullMarked;
