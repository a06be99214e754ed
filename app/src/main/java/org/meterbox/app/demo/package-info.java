// SPDX-License-Identifier: Apache-2.0
/** The demonstration: the main job, walked through step by step and told as a story. */
@NullMarked
package org.meterbox.app.demo;

import org.jspecify.annotations.NullMarked;
