// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.health;

import org.jspecify.annotations.NullMarked;
