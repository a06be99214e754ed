// SPDX-License-Identifier: Apache-2.0
/** What a gas meter logs and tells when something happens to it. */
@NullMarked
package org.meterbox.devices.gas.event;

import org.jspecify.annotations.NullMarked;
