// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.up;

import org.jspecify.annotations.NullMarked;
