// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.dsp.access.Target;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.intake.RequestDecision.CommandUse;
import org.meterbox.dsp.intake.RequestDecision.NotYet;
import org.meterbox.dsp.intake.RequestDecisions.Posted;
import org.meterbox.dsp.intake.RequestFacts.ServiceFacts;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.Predecessor;
import org.meterbox.dsp.requests.RequestLedger.Transformed;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;

/** Decisions from facts alone: no store, no keys, no clock. */
final class RequestDecisionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");
  private static final Mpxn MPAN = new Mpxn("1234567890123");
  private static final MessageId ID = new MessageId(USER, METER, new OriginatorCounter(5));
  private static final MessageId BEFORE = new MessageId(USER, METER, new OriginatorCounter(4));

  /** A request and what is known about it, to be changed in one place. */
  record Case(
      String service,
      CommandVariant variant,
      WebService where,
      XmlElement body,
      Optional<Boolean> first,
      Optional<MessageId> predecessor,
      UserStatus status,
      Set<UserRole> roles,
      DeviceType type,
      SmiStatus smiStatus,
      boolean known,
      UserRole registered,
      Optional<Predecessor> before) {
    static Case read() {
      return new Case(
          "4.1.1",
          CommandVariant.NON_CRITICAL_WAN,
          WebService.SEND_COMMAND,
          XmlElement.of("ReadInstantaneousImportRegisters"),
          Optional.empty(),
          Optional.empty(),
          UserStatus.ACTIVE,
          Set.of(UserRole.IS),
          DeviceType.ESME,
          SmiStatus.COMMISSIONED,
          true,
          UserRole.IS,
          Optional.empty());
    }

    Case dated(Instant execution) {
      XmlElement dated =
          XmlElement.of(
              body.localName(),
              XmlElement.leaf("ExecutionDateTime", XmlValues.dateTime(execution)));
      return new Case(
          service,
          variant,
          where,
          dated,
          first,
          predecessor,
          status,
          roles,
          type,
          smiStatus,
          known,
          registered,
          before);
    }

    Case variant(CommandVariant other, WebService service) {
      return new Case(
          this.service,
          other,
          service,
          body,
          first,
          predecessor,
          status,
          roles,
          type,
          smiStatus,
          known,
          registered,
          before);
    }

    Case after(Optional<Predecessor> state) {
      return new Case(
          service,
          variant,
          where,
          body,
          first,
          Optional.of(BEFORE),
          status,
          roles,
          type,
          smiStatus,
          known,
          registered,
          state);
    }

    RequestDecision decide() {
      ServiceReferenceVariant reference = new ServiceReferenceVariant(service);
      ServiceRequest request =
          new ServiceRequest(
              ID,
              variant,
              reference.serviceReference(),
              reference,
              first,
              predecessor,
              DuisNames.SCHEMA_VERSION,
              body,
              new SignatureBlock.Unsigned(),
              Octets.EMPTY);
      return RequestDecisions.decide(
          facts(),
          new Posted(
              request,
              ServiceRequestCatalogue.current().find(reference).orElseThrow(),
              Optional.of(where)),
          RequestTimes.STANDARD,
          NOW);
    }

    private RequestFacts facts() {
      Device device =
          new Device(
              METER,
              type,
              Optional.empty(),
              Optional.of(smiStatus),
              new DeviceModel(
                  "m", "m", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
              MeterPoints.importing(MPAN),
              Map.of());
      Registration registration =
          new Registration(MPAN, registered, USER, NOW.minusSeconds(1), Optional.empty());
      return new RequestFacts(
          Optional.of(
              new DccUser(USER, "a user", status, roles, Set.of(), Optional.empty(), "5.4")),
          known ? Optional.of(new Target(device, List.of(registration))) : Optional.empty(),
          Optional.<Transformed>empty(),
          before,
          List.of(),
          DSP,
          new ServiceFacts.None());
    }
  }

  private static String code(RequestDecision decision) {
    return decision instanceof RequestDecision.Refused(var refusal)
        ? refusal.code().code()
        : decision.getClass().getSimpleName();
  }

  private static Predecessor before(RequestState state) {
    return new Predecessor(state, 1, true);
  }

  /** One fault, its code, and how a request in order comes to have it. */
  record Fault(String name, String code, UnaryOperator<Case> made) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** In the order in which the checks are made. */
  static List<Fault> faults() {
    return List.of(
        new Fault(
            "no role",
            "E1",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    Set.of(),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "suspended",
            "E3",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    UserStatus.SUSPENDED,
                    c.roles(),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "wrong role",
            "E2",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    Set.of(UserRole.OU),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "wrong web service",
            "E13",
            c ->
                with(
                    c,
                    WebService.TRANSFORM,
                    c.predecessor(),
                    c.status(),
                    c.roles(),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "out of sequence",
            "E41",
            c ->
                with(
                    c,
                    c.where(),
                    Optional.of(ID),
                    c.status(),
                    c.roles(),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "unknown device",
            "E19",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    c.roles(),
                    c.type(),
                    c.smiStatus(),
                    false,
                    c.registered())),
        new Fault(
            "wrong type",
            "E11",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    c.roles(),
                    DeviceType.CHF,
                    c.smiStatus(),
                    c.known(),
                    c.registered())),
        new Fault(
            "wrong status",
            "E5",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    c.roles(),
                    c.type(),
                    SmiStatus.WITHDRAWN,
                    c.known(),
                    c.registered())),
        new Fault(
            "not registered",
            "E4",
            c ->
                with(
                    c,
                    c.where(),
                    c.predecessor(),
                    c.status(),
                    c.roles(),
                    c.type(),
                    c.smiStatus(),
                    c.known(),
                    UserRole.ED)));
  }

  private static Case with(
      Case c,
      WebService where,
      Optional<MessageId> predecessor,
      UserStatus status,
      Set<UserRole> roles,
      DeviceType type,
      SmiStatus smiStatus,
      boolean known,
      UserRole registered) {
    return new Case(
        c.service(),
        c.variant(),
        where,
        c.body(),
        c.first(),
        predecessor,
        status,
        roles,
        type,
        smiStatus,
        known,
        registered,
        c.before());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsCode(Fault fault) {
    assertThat(code(fault.made().apply(Case.read()).decide())).isEqualTo(fault.code());
  }

  // Of two faults the one that is checked first is told, whichever pair it is. No role and a wrong
  // role are values of one property, so that one request cannot have both.
  @Test
  void theFirstCheckWins() {
    List<String> wrong = new ArrayList<>();
    List<Fault> faults = faults();
    for (int i = 0; i < faults.size(); i++) {
      for (Fault later : faults.subList(i + 1, faults.size())) {
        Fault earlier = faults.get(i);
        String told = code(earlier.made().apply(later.made().apply(Case.read())).decide());
        if (!told.equals(earlier.code())) {
          wrong.add(earlier + " and " + later + " gave " + told);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsInOrderBecomesACommandForItsUse() {
    assertThat(((CommandNeeded) Case.read().decide()).use()).isEqualTo(CommandUse.SEND);
    assertThat(
            ((CommandNeeded)
                    Case.read()
                        .variant(CommandVariant.NON_CRITICAL_LOCAL, WebService.NON_DEVICE)
                        .decide())
                .use())
        .isEqualTo(CommandUse.GIVE_BACK);
    assertThat(
            ((CommandNeeded)
                    Case.read()
                        .variant(CommandVariant.NON_CRITICAL_BOTH, WebService.SEND_COMMAND)
                        .decide())
                .use())
        .isEqualTo(CommandUse.SEND_AND_GIVE_BACK);
  }

  @Test
  void aDateInTheFutureHoldsAndOneInThePastDoesNot() {
    Instant later = NOW.plus(Duration.ofDays(1));
    assertThat(((NotYet) Case.read().dated(later).decide()).state())
        .isEqualTo(new RequestState.Held(later));
    assertThat(Case.read().dated(NOW.minusSeconds(1)).decide()).isInstanceOf(CommandNeeded.class);
  }

  // Where the member before it stands decides where a member of a sequence stands.
  @Test
  void aMemberFollowsTheOneBeforeIt() {
    assertThat(Case.read().after(Optional.of(before(new RequestState.Answered()))).decide())
        .isInstanceOf(CommandNeeded.class);
    assertThat(state(before(new RequestState.InFlight())))
        .isInstanceOf(RequestState.WaitingForPredecessor.class);
    assertThat(state(before(new RequestState.Failed(FailureReason.NO_RESPONSE))))
        .isInstanceOf(RequestState.Failed.class);
    assertThat(((NotYet) Case.read().after(Optional.empty()).decide()).state())
        .isInstanceOf(RequestState.WaitingForPredecessor.class);
    Instant later = NOW.plus(Duration.ofDays(1));
    assertThat(
            ((NotYet)
                    Case.read()
                        .dated(later)
                        .after(Optional.of(before(new RequestState.Answered())))
                        .decide())
                .state())
        .isEqualTo(new RequestState.Held(later));
  }

  private static RequestState state(Predecessor predecessor) {
    return ((NotYet) Case.read().after(Optional.of(predecessor)).decide()).state();
  }

  // Signed, but never transformed under this Request ID.
  @Test
  void aSignedPreCommandThatWasNotMadeHereIsRefused() {
    Case disable =
        new Case(
            "7.2",
            CommandVariant.CRITICAL_WAN,
            WebService.SEND_COMMAND,
            XmlElement.of(SignedPreCommand.ELEMENT, XmlElement.leaf("GBCSPayload", "AA==")),
            Optional.empty(),
            Optional.empty(),
            UserStatus.ACTIVE,
            Set.of(UserRole.IS),
            DeviceType.ESME,
            SmiStatus.COMMISSIONED,
            true,
            UserRole.IS,
            Optional.empty());
    assertThat(code(disable.decide())).isEqualTo("E100");
  }

  // The DSP answers by itself only what is addressed to it.
  @Test
  void aNonDeviceRequestToADeviceIsRefused() {
    Case inventory =
        new Case(
            "8.2",
            CommandVariant.NON_DEVICE,
            WebService.NON_DEVICE,
            XmlElement.of("ReadInventory", XmlElement.leaf("DeviceID", METER.dashed())),
            Optional.empty(),
            Optional.empty(),
            UserStatus.ACTIVE,
            Set.of(UserRole.IS),
            DeviceType.ESME,
            SmiStatus.COMMISSIONED,
            true,
            UserRole.IS,
            Optional.empty());
    assertThat(code(inventory.decide())).isEqualTo("E19");
  }
}
