// SPDX-License-Identifier: Apache-2.0
/** The DCC Users as pages show them. */
@NullMarked
package org.meterbox.portal.users;

import org.jspecify.annotations.NullMarked;
