// SPDX-License-Identifier: Apache-2.0
/** Anomaly detection at the command line: signed files, warnings and quarantine. */
@NullMarked
package org.meterbox.app.anomaly;

import org.jspecify.annotations.NullMarked;
