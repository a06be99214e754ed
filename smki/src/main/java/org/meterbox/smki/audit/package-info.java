// SPDX-License-Identifier: Apache-2.0
/** Who did what and when, in a log that shows every later change. */
@NullMarked
package org.meterbox.smki.audit;

import org.jspecify.annotations.NullMarked;
