// SPDX-License-Identifier: Apache-2.0
/** Use cases of the electricity meter, whose payloads are DLMS access requests. */
@NullMarked
package org.meterbox.transform.electricity;

import org.jspecify.annotations.NullMarked;
