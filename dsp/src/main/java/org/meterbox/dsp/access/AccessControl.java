// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.access.AccessQuestion.Body;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * The checks on a request whose signature holds, in their order: user and role (E1, E3, E2), web
 * service and command variant (E13, E12, E17), device (E19, E11, E5), registration (E4).
 *
 * <p>The response codes are public; the order in which they win over each other is not, and is the
 * one from the general to the particular.
 */
public final class AccessControl {
  private AccessControl() {}

  /**
   * Checks user, role, web service and command variant.
   *
   * @param user the user that the request names as its originator, where there is one
   */
  public static RoleDecision eligibleRoles(AccessQuestion question, Optional<DccUser> user) {
    if (user.isEmpty() || user.get().roles().isEmpty()) {
      return refused(ResponseCode.E1, "no user with this identifier holds a role");
    }
    if (user.get().status() == UserStatus.SUSPENDED) {
      return refused(ResponseCode.E3, "the user is suspended");
    }
    Set<UserRole> roles = eligible(user.get().roles(), question.entry().eligibleRoles());
    if (roles.isEmpty()) {
      return refused(ResponseCode.E2, "none of the user's roles may send this service request");
    }
    return form(question)
        .<RoleDecision>map(RoleDecision.Refused::new)
        .orElseGet(() -> new RoleDecision.Eligible(roles));
  }

  /**
   * Checks device and registration.
   *
   * @param roles the roles in which the user may send the service request
   * @param target the device, where the inventory knows it
   * @param now the time for which the right must hold, unless the request names a later one
   */
  public static AccessDecision authorise(
      AccessQuestion question, Set<UserRole> roles, Optional<Target> target, Instant now) {
    if (target.isEmpty()) {
      return notAllowed(ResponseCode.E19, "the inventory does not know the device");
    }
    Device device = target.get().device();
    if (!question.entry().targets().contains(device.type())) {
      return notAllowed(ResponseCode.E11, "the service request is not for this type of device");
    }
    if (!SmiStatusRules.permit(device.status(), question.entry())) {
      return notAllowed(ResponseCode.E5, "the device's status does not permit it");
    }
    Instant from = question.executionTime().filter(now::isBefore).orElse(now);
    return roles.stream()
        .sorted()
        .filter(role -> suits(role, device.type()))
        .filter(role -> holds(role, question, target.get(), now, from))
        .findFirst()
        .<AccessDecision>map(AccessDecision.Granted::new)
        .orElseGet(() -> notAllowed(ResponseCode.E4, "not registered for the device at that time"));
  }

  private static boolean holds(
      UserRole role, AccessQuestion question, Target target, Instant now, Instant execution) {
    return switch (role) {
      case IS, GS, ES, ED, GT, RSA ->
          registered(target.registrations(), role, now)
              && registered(target.registrations(), role, execution);
      // Not in registration data: consent of the customer is a matter outside the DSP.
      case OU -> true;
      // Not in registration data either: the supplier puts its credentials on the device.
      case LC -> target.device().credentials().containsValue(question.requestId().originator());
    };
  }

  private static boolean registered(
      Collection<Registration> registrations, UserRole role, Instant moment) {
    return registrations.stream().anyMatch(r -> r.role() == role && r.covers(moment));
  }

  private static Set<UserRole> eligible(Set<UserRole> held, Set<UserRole> mayBe) {
    Set<UserRole> both = EnumSet.noneOf(UserRole.class);
    held.stream().filter(mayBe::contains).forEach(both::add);
    return both;
  }

  /** Suppliers and operators of one fuel have no right to the other fuel's devices. */
  private static boolean suits(UserRole role, DeviceType type) {
    return switch (type) {
      case ESME, HCALCS -> role != UserRole.GS && role != UserRole.GT;
      case GSME, GPF -> role != UserRole.IS && role != UserRole.ES && role != UserRole.ED;
      case CHF, PPMID, IHD, CAD -> true;
    };
  }

  /** Whether web service, command variant, service reference and body agree. */
  private static Optional<Refusal> form(AccessQuestion question) {
    return question
        .service()
        .map(service -> form(question, service))
        .orElseGet(() -> formOfScheduled(question));
  }

  private static Optional<Refusal> form(AccessQuestion question, WebService service) {
    CommandVariant variant = question.variant();
    if (variant == CommandVariant.DSP_SCHEDULED) {
      return refusal(ResponseCode.E12, "only the DSP itself sends this variant");
    }
    if (!service.serves(variant)) {
      return refusal(ResponseCode.E13, "this command variant belongs to another web service");
    }
    if (!question.entry().commandVariants().contains(variant)) {
      return localOnlyIsMissing(question)
          ? refusal(ResponseCode.E17, "not available for local delivery")
          : refusal(ResponseCode.E12, "the request does not take this command variant");
    }
    Body expected = carriesSignedPreCommand(variant) ? Body.SIGNED_PRE_COMMAND : Body.REQUEST;
    return question.body() == expected
        ? Optional.empty()
        : refusal(ResponseCode.E12, "the body does not belong to reference and variant");
  }

  private static Optional<Refusal> formOfScheduled(AccessQuestion question) {
    boolean fits =
        question.variant() == CommandVariant.DSP_SCHEDULED
            && question.entry().schedulable()
            && question.body() == Body.REQUEST;
    return fits
        ? Optional.empty()
        : refusal(ResponseCode.E12, "a DSP schedule cannot run this service request");
  }

  private static boolean carriesSignedPreCommand(CommandVariant variant) {
    return switch (variant) {
      case CRITICAL_WAN, CRITICAL_LOCAL, CRITICAL_BOTH -> true;
      case NON_CRITICAL_WAN,
          NON_CRITICAL_LOCAL,
          NON_CRITICAL_BOTH,
          TRANSFORM,
          NON_DEVICE,
          DSP_SCHEDULED ->
          false;
    };
  }

  /** The same request could be sent over the SM WAN, only not be given back. */
  private static boolean localOnlyIsMissing(AccessQuestion question) {
    Set<CommandVariant> allowed = question.entry().commandVariants();
    return switch (question.variant()) {
      case NON_CRITICAL_LOCAL, NON_CRITICAL_BOTH ->
          allowed.contains(CommandVariant.NON_CRITICAL_WAN);
      case CRITICAL_LOCAL, CRITICAL_BOTH -> allowed.contains(CommandVariant.CRITICAL_WAN);
      case NON_CRITICAL_WAN, TRANSFORM, CRITICAL_WAN, NON_DEVICE, DSP_SCHEDULED -> false;
    };
  }

  private static Optional<Refusal> refusal(ResponseCode code, String rule) {
    return Optional.of(new Refusal(code, rule));
  }

  private static AccessDecision notAllowed(ResponseCode code, String rule) {
    return new AccessDecision.Refused(new Refusal(code, rule));
  }

  private static RoleDecision refused(ResponseCode code, String rule) {
    return new RoleDecision.Refused(new Refusal(code, rule));
  }
}
