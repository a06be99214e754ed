// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.dsp.commands;

import org.jspecify.annotations.NullMarked;
