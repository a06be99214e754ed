// SPDX-License-Identifier: Apache-2.0
/** Requests to the Communications Hub Function. */
@NullMarked
package org.meterbox.transform.hub;

import org.jspecify.annotations.NullMarked;
