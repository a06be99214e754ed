// SPDX-License-Identifier: Apache-2.0
/** What every page is made of: its frame, times, page links, JSON, CSV, and reading the store. */
@NullMarked
package org.meterbox.portal.page;

import org.jspecify.annotations.NullMarked;
