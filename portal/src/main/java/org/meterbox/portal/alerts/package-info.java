// SPDX-License-Identifier: Apache-2.0
/** What devices reported unasked, newest first. */
@NullMarked
package org.meterbox.portal.alerts;

import org.jspecify.annotations.NullMarked;
