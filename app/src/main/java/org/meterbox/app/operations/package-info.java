// SPDX-License-Identifier: Apache-2.0
/** Lists what a running system does: requests, devices, alerts, users. */
@NullMarked
package org.meterbox.app.operations;

import org.jspecify.annotations.NullMarked;
