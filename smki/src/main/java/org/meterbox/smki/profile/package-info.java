// SPDX-License-Identifier: Apache-2.0
/** Certificate profiles as immutable data, the names in certificates, and reading them back. */
@NullMarked
package org.meterbox.smki.profile;

import org.jspecify.annotations.NullMarked;
