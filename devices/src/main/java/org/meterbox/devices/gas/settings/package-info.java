// SPDX-License-Identifier: Apache-2.0
/** What a gas meter keeps as it was written: names, texts, values of conversion. */
@NullMarked
package org.meterbox.devices.gas.settings;

import org.jspecify.annotations.NullMarked;
