// SPDX-License-Identifier: Apache-2.0
/** Compiled page templates; their sources stand in src/main/jte. */
@NullMarked
package org.meterbox.portal.template;

import org.jspecify.annotations.NullMarked;
