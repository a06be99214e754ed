// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.crypto;

import org.jspecify.annotations.NullMarked;
