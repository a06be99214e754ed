// SPDX-License-Identifier: Apache-2.0
/**
 * The PostgreSQL of the system: embedded by default and started as a child process, or an external
 * one by URL; connections, transactions and migrations. Knows nothing of what is stored.
 */
@NullMarked
package org.meterbox.store;

import org.jspecify.annotations.NullMarked;
