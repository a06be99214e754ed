// SPDX-License-Identifier: Apache-2.0
/** What the tests of this room share. */
@NullMarked
package org.meterbox.smki;

import org.jspecify.annotations.NullMarked;
