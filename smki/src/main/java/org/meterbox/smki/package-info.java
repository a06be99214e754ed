// SPDX-License-Identifier: Apache-2.0
/** Certificate authorities, registration authority, repository, revocation, recovery. */
@NullMarked
package org.meterbox.smki;

import org.jspecify.annotations.NullMarked;
