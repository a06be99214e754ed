// SPDX-License-Identifier: Apache-2.0
/** Requests and answers as JSON: a mapping that the DUIS schema itself drives. */
@NullMarked
package org.meterbox.adapter.parameters;

import org.jspecify.annotations.NullMarked;
