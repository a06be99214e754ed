// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.portal.web;

import org.jspecify.annotations.NullMarked;
