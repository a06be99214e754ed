// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

/** A command with the request for which it was made, as both were stored when they were read. */
public record CommandOfRequest(CommandRecord command, StoredRequest request) {}
