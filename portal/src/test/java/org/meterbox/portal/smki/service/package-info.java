// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.meterbox.portal.smki.service;

import org.jspecify.annotations.NullMarked;
