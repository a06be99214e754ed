// SPDX-License-Identifier: Apache-2.0
/** The users' adapter against the running system. */
@NullMarked
package org.meterbox.app.adapter;

import org.jspecify.annotations.NullMarked;
