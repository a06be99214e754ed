// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.logging;

import org.jspecify.annotations.NullMarked;
