// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;

/**
 * What a user asked, and where that stands.
 *
 * @param service its service reference variant
 * @param deviceType the target's type, where it is a known device
 * @param state where it stands; it may have ended
 * @param role the role in which access was granted
 * @param execution the ExecutionDateTime that it names, also one in the past and the one that
 *     cancels ({@link FutureDate#CANCEL})
 * @param scheduleId the DSP schedule whose run it is
 * @param sequence its place in a sequence
 */
public record StoredRequest(
    RequestKey key,
    ServiceReferenceVariant service,
    CommandVariant variant,
    Priority priority,
    Optional<DeviceType> deviceType,
    RequestState state,
    Optional<UserRole> role,
    Optional<Instant> execution,
    Optional<Long> scheduleId,
    Optional<SequencePlace> sequence) {

  /**
   * A place in a sequence of requests (DUIS, sequencing).
   *
   * @param predecessor the member that must succeed first; none for the first member
   * @param position 1 for the first member, at most {@link SequenceRules#MEMBERS_MAX}; 0 while the
   *     predecessor has not come
   */
  public record SequencePlace(Optional<MessageId> predecessor, int position) {}

  /** Whether it is carried out at a time that the DSP keeps: its own date, or a schedule's. */
  public boolean heldByDsp() {
    boolean dated =
        execution.isPresent()
            && ServiceRequestCatalogue.current()
                .find(service)
                .filter(entry -> entry.futureDating() == FutureDating.DSP)
                .isPresent();
    return dated || scheduleId.isPresent();
  }

  /** The same in another state. */
  public StoredRequest in(RequestState next) {
    return new StoredRequest(
        key, service, variant, priority, deviceType, next, role, execution, scheduleId, sequence);
  }

  /** The same with the date that the request names. */
  public StoredRequest datedFor(Optional<Instant> named) {
    return new StoredRequest(
        key, service, variant, priority, deviceType, state, role, named, scheduleId, sequence);
  }

  /** The same at this place in its sequence. */
  public StoredRequest at(SequencePlace place) {
    return new StoredRequest(
        key,
        service,
        variant,
        priority,
        deviceType,
        state,
        role,
        execution,
        scheduleId,
        Optional.of(place));
  }

  /** The same with the role in which access was granted. */
  public StoredRequest grantedTo(UserRole granted) {
    return new StoredRequest(
        key,
        service,
        variant,
        priority,
        deviceType,
        state,
        Optional.of(granted),
        execution,
        scheduleId,
        sequence);
  }

  /** The same for this type of device. */
  public StoredRequest forDevice(DeviceType type) {
    return new StoredRequest(
        key,
        service,
        variant,
        priority,
        Optional.of(type),
        state,
        role,
        execution,
        scheduleId,
        sequence);
  }
}
