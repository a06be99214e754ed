// SPDX-License-Identifier: Apache-2.0
/**
 * A device's credentials as commands read and replace them: the remote parties' (CS02a, CS02b,
 * CS02f, CS02g) and its own (CS02c, CS02d, CS02e). For devices of every kind.
 */
@NullMarked
package org.meterbox.devices.credentials;

import org.jspecify.annotations.NullMarked;
