// SPDX-License-Identifier: Apache-2.0
/** What an electricity meter logs and tells when something happens to it. */
@NullMarked
package org.meterbox.devices.esme.event;

import org.jspecify.annotations.NullMarked;
