// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.smki.ceremony;

import org.jspecify.annotations.NullMarked;
