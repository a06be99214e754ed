// SPDX-License-Identifier: Apache-2.0
/** What the system does at this moment. */
@NullMarked
package org.meterbox.portal.overview;

import org.jspecify.annotations.NullMarked;
