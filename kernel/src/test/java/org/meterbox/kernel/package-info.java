// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.kernel;

import org.jspecify.annotations.NullMarked;
