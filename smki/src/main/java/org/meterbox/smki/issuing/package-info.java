// SPDX-License-Identifier: Apache-2.0
/** From a certificate request to a certificate, or to a refusal that names the rule. */
@NullMarked
package org.meterbox.smki.issuing;

import org.jspecify.annotations.NullMarked;
