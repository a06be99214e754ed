// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.store;

import org.jspecify.annotations.NullMarked;
