// SPDX-License-Identifier: Apache-2.0
/** Takes the keys that a system made out of their vaults, for use in files. */
@NullMarked
package org.meterbox.app.keyexport;

import org.jspecify.annotations.NullMarked;
