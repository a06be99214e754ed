// SPDX-License-Identifier: Apache-2.0
/** Taking certificates back: requests, revocation lists, and reading such lists. */
@NullMarked
package org.meterbox.smki.revocation;

import org.jspecify.annotations.NullMarked;
