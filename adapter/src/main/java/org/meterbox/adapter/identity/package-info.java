// SPDX-License-Identifier: Apache-2.0
/** Who a DCC User is: its identifiers, keys and certificates, and the file that keeps them. */
@NullMarked
package org.meterbox.adapter.identity;

import org.jspecify.annotations.NullMarked;
