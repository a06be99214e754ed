// SPDX-License-Identifier: Apache-2.0
/** The XML schema of DUIS 5.4, written for this project, compiled once. */
@NullMarked
package org.meterbox.duis.schema;

import org.jspecify.annotations.NullMarked;
