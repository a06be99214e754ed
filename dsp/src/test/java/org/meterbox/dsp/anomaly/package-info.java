// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.anomaly;

import org.jspecify.annotations.NullMarked;
