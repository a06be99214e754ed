// SPDX-License-Identifier: Apache-2.0
/** What happens to requests, as it happens. */
@NullMarked
package org.meterbox.portal.events;

import org.jspecify.annotations.NullMarked;
