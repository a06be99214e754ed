// SPDX-License-Identifier: Apache-2.0
/** The commands that run the key infrastructures: SMKI, IKI and DCCKI. */
@NullMarked
package org.meterbox.app.smki;

import org.jspecify.annotations.NullMarked;
