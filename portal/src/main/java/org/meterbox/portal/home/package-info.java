// SPDX-License-Identifier: Apache-2.0
/** What the meters of a home show: registers, half hours, balance, supply. */
@NullMarked
package org.meterbox.portal.home;

import org.jspecify.annotations.NullMarked;
