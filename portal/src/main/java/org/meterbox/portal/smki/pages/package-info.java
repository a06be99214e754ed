// SPDX-License-Identifier: Apache-2.0
/** The SMKI Portal: the key infrastructures as pages for people, without any script. */
@NullMarked
package org.meterbox.portal.smki.pages;

import org.jspecify.annotations.NullMarked;
