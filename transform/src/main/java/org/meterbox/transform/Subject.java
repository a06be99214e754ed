// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import org.meterbox.duis.request.ServiceRequest;

/**
 * What is translated, and all that the choice of the use case may depend on.
 *
 * @param request a request that passed the schema
 * @param device the device that is addressed
 * @param supplement what else is known
 */
public record Subject(ServiceRequest request, TargetDevice device, Supplement supplement) {}
