// SPDX-License-Identifier: Apache-2.0
/** The embedded PostgreSQL, connection pools and migrations. */
@NullMarked
package org.meterbox.store;

import org.jspecify.annotations.NullMarked;
