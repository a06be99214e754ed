// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.portal.smki.pages;

import org.jspecify.annotations.NullMarked;
