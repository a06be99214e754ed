// SPDX-License-Identifier: Apache-2.0
/**
 * Keys for the worst day: the recovery key and the contingency key lie sealed, and only enough key
 * custodians together can open the seal.
 */
@NullMarked
package org.meterbox.smki.ceremony;

import org.jspecify.annotations.NullMarked;
