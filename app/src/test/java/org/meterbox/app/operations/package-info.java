// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.app.operations;

import org.jspecify.annotations.NullMarked;
