// SPDX-License-Identifier: Apache-2.0
/** The people who use the key infrastructures' web interfaces: their certificates and rights. */
@NullMarked
package org.meterbox.smki.people;

import org.jspecify.annotations.NullMarked;
