// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.send;

import org.jspecify.annotations.NullMarked;
