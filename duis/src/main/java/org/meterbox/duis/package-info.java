// SPDX-License-Identifier: Apache-2.0
/** The user language: schemas, typed model, XML reading and writing, XML signatures. */
@NullMarked
package org.meterbox.duis;

import org.jspecify.annotations.NullMarked;
