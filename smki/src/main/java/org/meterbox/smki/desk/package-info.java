// SPDX-License-Identifier: Apache-2.0
/**
 * What people ask of the key infrastructures: who may ask is settled before each act, and the act
 * is in the audit log after it. Without any transport.
 */
@NullMarked
package org.meterbox.smki.desk;

import org.jspecify.annotations.NullMarked;
