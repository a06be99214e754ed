// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.smki.profile;

import org.jspecify.annotations.NullMarked;
