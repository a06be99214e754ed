// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.access;

import org.jspecify.annotations.NullMarked;
