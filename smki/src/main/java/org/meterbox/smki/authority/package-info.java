// SPDX-License-Identifier: Apache-2.0
/** The certificate authorities: made on first start, kept, and opened one after the other. */
@NullMarked
package org.meterbox.smki.authority;

import org.jspecify.annotations.NullMarked;
