// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.registration;

import org.jspecify.annotations.NullMarked;
