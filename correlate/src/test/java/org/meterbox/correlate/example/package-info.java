// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.correlate.example;

import org.jspecify.annotations.NullMarked;
