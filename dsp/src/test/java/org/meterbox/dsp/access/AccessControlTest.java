// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.dsp.access.AccessDecision.Granted;
import org.meterbox.dsp.access.AccessQuestion.Body;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** The decision tables of access control, on the real catalogue of service requests. */
final class AccessControlTest {
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final Mpxn MPAN = new Mpxn("1234567890123");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static AccessQuestion question(
      String service, WebService where, int variant, Body body, Optional<Instant> execution) {
    ServiceRequestEntry entry =
        ServiceRequestCatalogue.current().find(new ServiceReferenceVariant(service)).orElseThrow();
    return new AccessQuestion(
        new MessageId(USER, DEVICE, new OriginatorCounter(1)),
        Optional.of(where),
        CommandVariant.of(variant).orElseThrow(),
        entry,
        body,
        execution);
  }

  private static AccessQuestion read(Optional<Instant> execution) {
    return question("4.1.1", WebService.SEND_COMMAND, 1, Body.REQUEST, execution);
  }

  private static Optional<DccUser> user(UserStatus status, UserRole... roles) {
    return Optional.of(
        new DccUser(USER, "a user", status, Set.of(roles), Set.of(), Optional.empty(), "5.4"));
  }

  private static Device device(DeviceType type, SmiStatus status) {
    return new Device(
        DEVICE,
        type,
        Optional.empty(),
        Optional.of(status),
        new DeviceModel(
            "m", "m", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        MeterPoints.importing(MPAN),
        Map.of(RemotePartyRole.SUPPLIER, USER));
  }

  private static Optional<Target> meter(Registration... registrations) {
    return Optional.of(
        new Target(device(DeviceType.ESME, SmiStatus.COMMISSIONED), List.of(registrations)));
  }

  private static Registration registration(UserRole role, int fromDay, int untilDay) {
    return new Registration(
        MPAN,
        role,
        USER,
        NOW.plus(Duration.ofDays(fromDay)),
        Optional.of(NOW.plus(Duration.ofDays(untilDay))));
  }

  private static String code(RoleDecision decision) {
    return switch (decision) {
      case RoleDecision.Eligible(Set<UserRole> roles) -> roles.toString();
      case RoleDecision.Refused(Refusal refusal) -> refusal.code().code();
    };
  }

  private static Object verdict(AccessDecision decision) {
    return switch (decision) {
      case Granted(UserRole role) -> role;
      case AccessDecision.Refused(Refusal refusal) -> refusal.code();
    };
  }

  @Test
  void anUnknownUserIsRefused() {
    assertThat(code(AccessControl.eligibleRoles(read(Optional.empty()), Optional.empty())))
        .isEqualTo("E1");
  }

  @Test
  void aUserWithoutAnyRoleIsRefused() {
    assertThat(code(AccessControl.eligibleRoles(read(Optional.empty()), user(UserStatus.ACTIVE))))
        .isEqualTo("E1");
  }

  @Test
  void aSuspendedUserIsRefusedWhateverItsRole() {
    assertThat(
            code(
                AccessControl.eligibleRoles(
                    read(Optional.empty()), user(UserStatus.SUSPENDED, UserRole.IS))))
        .isEqualTo("E3");
  }

  // 7.2 is for suppliers; a distributor with every other right must not open a switch.
  @Test
  void aRoleThatMayNotSendTheServiceIsRefused() {
    AccessQuestion disable =
        question("7.2", WebService.TRANSFORM, 4, Body.REQUEST, Optional.empty());
    assertThat(code(AccessControl.eligibleRoles(disable, user(UserStatus.ACTIVE, UserRole.ED))))
        .isEqualTo("E2");
  }

  @Test
  void onlyTheEligibleOfSeveralRolesRemain() {
    AccessQuestion disable =
        question("7.2", WebService.TRANSFORM, 4, Body.REQUEST, Optional.empty());
    Optional<DccUser> user = user(UserStatus.ACTIVE, UserRole.IS, UserRole.GS, UserRole.ED);
    assertThat(AccessControl.eligibleRoles(disable, user))
        .isEqualTo(new RoleDecision.Eligible(Set.of(UserRole.IS, UserRole.GS)));
  }

  // Rows: service, web service, command variant, body, what comes of it. A role list is consent.
  @ParameterizedTest
  @CsvSource({
    "4.1.1, SEND_COMMAND, 1, REQUEST, [IS]",
    "4.1.1, NON_DEVICE,   2, REQUEST, [IS]",
    "4.1.1, SEND_COMMAND, 3, REQUEST, [IS]",
    "4.1.1, TRANSFORM,    1, REQUEST, E13",
    "4.1.1, NON_DEVICE,   1, REQUEST, E13",
    "4.1.1, SEND_COMMAND, 2, REQUEST, E13",
    "4.1.1, TRANSFORM,    4, REQUEST, E12",
    "4.1.1, SEND_COMMAND, 5, SIGNED_PRE_COMMAND, E12",
    "4.1.1, NON_DEVICE,   8, REQUEST, E12",
    "4.1.1, SEND_COMMAND, 9, REQUEST, E12",
    "4.1.1, SEND_COMMAND, 1, OTHER_REQUEST, E12",
    "4.1.1, SEND_COMMAND, 1, SIGNED_PRE_COMMAND, E12",
    "7.2,   TRANSFORM,    4, REQUEST, [IS]",
    "7.2,   SEND_COMMAND, 4, REQUEST, E13",
    "7.2,   SEND_COMMAND, 5, SIGNED_PRE_COMMAND, [IS]",
    "7.2,   SEND_COMMAND, 5, REQUEST, E12",
    "7.2,   NON_DEVICE,   6, SIGNED_PRE_COMMAND, [IS]",
    "7.2,   SEND_COMMAND, 1, REQUEST, E12",
    "7.2,   TRANSFORM,    4, SIGNED_PRE_COMMAND, E12",
    "8.2,   NON_DEVICE,   8, REQUEST, [IS]",
    "8.2,   SEND_COMMAND, 8, REQUEST, E13",
    "8.2,   TRANSFORM,    4, REQUEST, E12",
  })
  void webServiceVariantReferenceAndBodyMustAgree(
      String service, WebService where, int variant, Body body, String expected) {
    AccessQuestion question = question(service, where, variant, body, Optional.empty());
    assertThat(code(AccessControl.eligibleRoles(question, user(UserStatus.ACTIVE, UserRole.IS))))
        .isEqualTo(expected);
  }

  // The catalogue marks no such request, so the rule is shown on an entry without local variants.
  @Test
  void aRequestThatIsNotForLocalDeliverySaysSo() {
    ServiceRequestEntry full =
        ServiceRequestCatalogue.current().find(new ServiceReferenceVariant("4.1.1")).orElseThrow();
    ServiceRequestEntry wanOnly =
        new ServiceRequestEntry(
            full.variant(),
            full.name(),
            full.requestElement(),
            full.nature(),
            full.futureDating(),
            full.schedulable(),
            full.returnsSensitiveData(),
            full.takesUnknownPartyCertificate(),
            full.eligibleRoles(),
            full.targets(),
            Set.of(CommandVariant.NON_CRITICAL_WAN),
            full.useCases(),
            full.messageCodes(),
            full.originator(),
            full.carriesCustomerNumber(),
            full.supply(),
            full.stages());
    AccessQuestion question =
        new AccessQuestion(
            new MessageId(USER, DEVICE, new OriginatorCounter(1)),
            Optional.of(WebService.NON_DEVICE),
            CommandVariant.NON_CRITICAL_LOCAL,
            wanOnly,
            Body.REQUEST,
            Optional.empty());
    assertThat(code(AccessControl.eligibleRoles(question, user(UserStatus.ACTIVE, UserRole.IS))))
        .isEqualTo("E17");
  }

  @Test
  void anUnknownDeviceIsRefused() {
    assertThat(
            verdict(
                AccessControl.authorise(
                    read(Optional.empty()), Set.of(UserRole.IS), Optional.empty(), NOW)))
        .isEqualTo(ResponseCode.E19);
  }

  @Test
  void aDeviceOfAnotherTypeIsRefused() {
    Optional<Target> hub =
        Optional.of(
            new Target(
                device(DeviceType.CHF, SmiStatus.COMMISSIONED),
                List.of(registration(UserRole.IS, -1, 1))));
    assertThat(
            verdict(AccessControl.authorise(read(Optional.empty()), Set.of(UserRole.IS), hub, NOW)))
        .isEqualTo(ResponseCode.E11);
  }

  @ParameterizedTest
  @EnumSource(SmiStatus.class)
  void aMeterIsReadOnlyInService(SmiStatus status) {
    Optional<Target> target =
        Optional.of(
            new Target(device(DeviceType.ESME, status), List.of(registration(UserRole.IS, -1, 1))));
    boolean inService = status == SmiStatus.COMMISSIONED || status == SmiStatus.RECOVERED;
    assertThat(
            verdict(
                AccessControl.authorise(read(Optional.empty()), Set.of(UserRole.IS), target, NOW)))
        .isEqualTo(inService ? UserRole.IS : ResponseCode.E5);
  }

  // Commissioning must be possible before the meter is commissioned, and its firmware readable.
  @ParameterizedTest
  @CsvSource({
    "8.1.1, INSTALLED_NOT_COMMISSIONED, true",
    "8.1.1, COMMISSIONED, true",
    "8.1.1, DECOMMISSIONED, false",
    "1.1.1, INSTALLED_NOT_COMMISSIONED, true",
    "1.1.1, PENDING, false",
    "7.2, INSTALLED_NOT_COMMISSIONED, false",
    "11.2, SUSPENDED, true",
    "11.3, SUSPENDED, true",
    "7.2, SUSPENDED, false",
    "6.21, RECOVERY, true",
    "7.2, RECOVERY, false",
    "11.2, WITHDRAWN, false",
  })
  void theStatusDecidesWhichServicesADeviceGets(String service, SmiStatus status, boolean may) {
    ServiceRequestEntry entry =
        ServiceRequestCatalogue.current().find(new ServiceReferenceVariant(service)).orElseThrow();
    assertThat(SmiStatusRules.permit(Optional.of(status), entry)).isEqualTo(may);
  }

  @Test
  void aSupplierThatIsNotRegisteredIsRefused() {
    assertThat(
            verdict(
                AccessControl.authorise(read(Optional.empty()), Set.of(UserRole.IS), meter(), NOW)))
        .isEqualTo(ResponseCode.E4);
  }

  // Registration counts from its first moment to just before its end.
  @ParameterizedTest
  @CsvSource({"-1, 1, true", "0, 1, true", "-2, 0, false", "1, 2, false", "-3, -1, false"})
  void registrationCountsOnlyInItsTime(int fromDay, int untilDay, boolean may) {
    AccessDecision decision =
        AccessControl.authorise(
            read(Optional.empty()),
            Set.of(UserRole.IS),
            meter(registration(UserRole.IS, fromDay, untilDay)),
            NOW);
    assertThat(verdict(decision)).isEqualTo(may ? UserRole.IS : ResponseCode.E4);
  }

  // A future dated request needs the right now and then; a past date means now.
  @ParameterizedTest
  @CsvSource({"-1, 10, 5, true", "-1, 3, 5, false", "3, 10, 5, false", "-1, 10, -5, true"})
  void registrationMustCoverTheTimeOfExecution(
      int fromDay, int untilDay, int executionDay, boolean may) {
    AccessDecision decision =
        AccessControl.authorise(
            read(Optional.of(NOW.plus(Duration.ofDays(executionDay)))),
            Set.of(UserRole.IS),
            meter(registration(UserRole.IS, fromDay, untilDay)),
            NOW);
    assertThat(verdict(decision)).isEqualTo(may ? UserRole.IS : ResponseCode.E4);
  }

  // The right counts in the role in which it is held, not in another one of the same user.
  @Test
  void registrationInAnotherRoleDoesNotCount() {
    AccessDecision decision =
        AccessControl.authorise(
            read(Optional.empty()),
            Set.of(UserRole.IS),
            meter(registration(UserRole.ED, -1, 1)),
            NOW);
    assertThat(verdict(decision)).isEqualTo(ResponseCode.E4);
  }

  @Test
  void theRoleThatIsRegisteredIsTheOneGranted() {
    AccessDecision decision =
        AccessControl.authorise(
            read(Optional.empty()),
            Set.of(UserRole.IS, UserRole.ED),
            meter(registration(UserRole.ED, -1, 1)),
            NOW);
    assertThat(verdict(decision)).isEqualTo(UserRole.ED);
  }

  // Other Users are not in registration data; the customer's consent is not the DSP's matter.
  @Test
  void anOtherUserNeedsNoRegistration() {
    AccessDecision decision =
        AccessControl.authorise(read(Optional.empty()), Set.of(UserRole.OU), meter(), NOW);
    assertThat(verdict(decision)).isEqualTo(UserRole.OU);
  }

  // A device without meter points of its own is judged by its whole premises: there a registration
  // for electricity must not open the gas devices, and the other way round.
  @ParameterizedTest
  @CsvSource({
    "GPF, IS, E4",
    "GPF, ED, E4",
    "GPF, GS, GS",
    "GSME, IS, E4",
    "GSME, GS, GS",
    "ESME, GS, E4",
    "ESME, GT, E4",
    "ESME, IS, IS"
  })
  void aRoleOfOneFuelGivesNoRightToTheOtherFuelsDevices(
      DeviceType type, UserRole role, String expected) {
    Optional<Target> target =
        Optional.of(
            new Target(device(type, SmiStatus.COMMISSIONED), List.of(registration(role, -1, 1))));
    AccessDecision decision =
        AccessControl.authorise(read(Optional.empty()), Set.of(role), target, NOW);
    assertThat(String.valueOf(verdict(decision))).isEqualTo(expected);
  }

  // What no user may send is what the DSP itself runs, and only of what may be scheduled.
  @ParameterizedTest
  @CsvSource({"4.6.1, 9, REQUEST, [IS]", "4.1.1, 9, REQUEST, E12", "4.6.1, 1, REQUEST, E12"})
  void onlyADspScheduleRunsVariantNine(String service, int variant, Body body, String expected) {
    AccessQuestion posted =
        question(service, WebService.SEND_COMMAND, variant, body, Optional.empty());
    AccessQuestion run =
        new AccessQuestion(
            posted.requestId(),
            Optional.empty(),
            posted.variant(),
            posted.entry(),
            body,
            Optional.empty());
    assertThat(code(AccessControl.eligibleRoles(run, user(UserStatus.ACTIVE, UserRole.IS))))
        .isEqualTo(expected);
  }
}
