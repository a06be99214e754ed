// SPDX-License-Identifier: Apache-2.0
/** The user's adapter against the schema and the official examples. */
@NullMarked
package org.meterbox.conformance.adapter;

import org.jspecify.annotations.NullMarked;
