// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp;

import org.jspecify.annotations.NullMarked;
