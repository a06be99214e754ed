// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.coverage;

import org.jspecify.annotations.NullMarked;
