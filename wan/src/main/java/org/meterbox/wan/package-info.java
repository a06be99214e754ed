// SPDX-License-Identifier: Apache-2.0
/** The SM WAN of the communication service providers. */
@NullMarked
package org.meterbox.wan;

import org.jspecify.annotations.NullMarked;
