// SPDX-License-Identifier: Apache-2.0
/** The key infrastructures for programs: JSON over HTTPS, as openapi.json describes it. */
@NullMarked
package org.meterbox.portal.smki.api;

import org.jspecify.annotations.NullMarked;
