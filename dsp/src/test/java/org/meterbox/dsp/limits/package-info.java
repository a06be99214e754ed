// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.limits;

import org.jspecify.annotations.NullMarked;
