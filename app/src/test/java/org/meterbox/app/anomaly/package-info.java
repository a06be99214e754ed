// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.anomaly;

import org.jspecify.annotations.NullMarked;
