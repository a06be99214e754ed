// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * A request in a list.
 *
 * @param id its Request ID
 * @param transforms whether it only asks for the Pre-Command of a critical request
 * @param user who sent it
 * @param userName how the user is called, where it is known
 * @param device to which it goes
 * @param deviceType the kind of device, for a request to one
 * @param service the service reference variant
 * @param serviceName how people call the service
 * @param variant the command variant, 1 to 9
 * @param state where it stands
 * @param reason why, where there is a code for it
 * @param received when the gateway received it
 */
public record RequestSummary(
    MessageId id,
    boolean transforms,
    Eui64 user,
    Optional<String> userName,
    Eui64 device,
    Optional<String> deviceType,
    String service,
    String serviceName,
    int variant,
    RequestStateName state,
    Optional<String> reason,
    Instant received) {
  /** How people call a service; empty for one that the catalogue does not know. */
  static String nameOf(String service) {
    return ServiceRequestCatalogue.current()
        .find(new ServiceReferenceVariant(service))
        .map(ServiceRequestEntry::name)
        .orElse("");
  }

  /** The user by name, or else by identifier. */
  public String userText() {
    return userName.orElseGet(user::dashed);
  }

  /** The counter of its Request ID, which tells it from the user's others. */
  public String counter() {
    return id.counter().toString();
  }

  /** What stands under the state: why, or that it only transforms. */
  public Optional<String> note() {
    return reason
        .map(RequestSummary::readable)
        .or(() -> transforms ? Optional.of("transformation") : Optional.empty());
  }

  /** A response code stays as it is; the name of a failure becomes words. */
  private static String readable(String reason) {
    return reason.matches("[A-Z]+(_[A-Z]+)*")
        ? reason.toLowerCase(Locale.ROOT).replace('_', ' ')
        : reason;
  }

  /** The name of the service beside its number. */
  public String serviceText() {
    return String.format(Locale.ROOT, "%s %s", service, serviceName);
  }
}
