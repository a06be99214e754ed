// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import org.meterbox.duis.request.ServiceRequest;

/**
 * A Service Request for one device, with all that the choice of the use case may depend on.
 *
 * @param request a request that passed the schema
 * @param device the device that is addressed
 * @param context what the request does not say
 */
public record TranslationRequest(
    ServiceRequest request, TargetDevice device, TranslationContext context) {}
