// SPDX-License-Identifier: Apache-2.0
/** Whether a certificate is to be believed: its chain, its dates, its revocation. */
@NullMarked
package org.meterbox.smki.validation;

import org.jspecify.annotations.NullMarked;
