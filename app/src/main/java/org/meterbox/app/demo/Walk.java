// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import static org.meterbox.app.system.Participant.NETWORK_OPERATOR;
import static org.meterbox.app.system.Participant.SUPPLIER_1;
import static org.meterbox.app.system.Participant.SUPPLIER_2;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.WebService;
import org.meterbox.app.demo.Exchange.Result;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.UserDesk;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Difference;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.devices.esme.metering.DailyLogs;
import org.meterbox.devices.esme.metering.RegisterRead;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The demonstration's steps in their order. */
final class Walk implements AutoCloseable {
  private static final int LOG_DAYS = 3;

  private final MeterboxSystem system;
  private final Tap tap;
  private final Story story;
  private final Exchange exchange;
  private final Requests requests;
  private final Map<String, UserDesk> desks = new TreeMap<>();
  private Optional<Octets> disableCommand = Optional.empty();

  Walk(MeterboxSystem system, Tap tap, Story story, InstantSource clock) {
    this.system = system;
    this.tap = tap;
    this.story = story;
    this.exchange = new Exchange(system, tap, story);
    this.requests = new Requests(clock);
    for (Participant participant : Participant.ALL) {
      desks.put(participant.name(), system.desk(participant));
    }
  }

  void read() throws IOException, InterruptedException, MemoryFailureException {
    story.chapter("Reading: anyone who may ask, gets an answer that only they can read");
    readImportRegister();
    readDailyLog();
    readFirmwareVersion();
    readSupplyStatus(SUPPLIER_1, "Enabled");
    readSupplyStatus(NETWORK_OPERATOR, "Enabled");
  }

  void command() throws IOException, InterruptedException, MemoryFailureException {
    story.chapter("Commanding: the supplier checks and signs, so that nobody has to trust the DSP");
    supply("Disable", requests.disableSupply(SUPPLIER_1), Position.DISABLED);
    disableCommand = tap.down().map(Tap.Passed::message);
    readSupplyStatus(SUPPLIER_1, "Disabled");
    supply("Enable", requests.enableSupply(SUPPLIER_1), Position.ENABLED);
    readSupplyStatus(SUPPLIER_1, "Enabled");
  }

  void refuse() throws IOException, InterruptedException, MemoryFailureException {
    story.chapter("Refusing: what must not happen does not happen");
    refusedRole();
    refusedRegistration();
    refusedSignature();
    refusedVariant();
    hostileDsp();
    replayedCommand();
    wrongMac();
  }

  @Override
  public void close() {
    desks.values().forEach(UserDesk::close);
  }

  private void readImportRegister()
      throws IOException, InterruptedException, MemoryFailureException {
    story.step("Supplier One reads the import register of its customer's meter");
    Result result = send(SUPPLIER_1, requests.readImportRegisters(SUPPLIER_1));
    Optional<String> read = result.value("Value");
    Optional<Instant> at = result.value("Timestamp").map(Instant::parse);
    String held = at.isEmpty() ? "?" : Long.toString(registers().importWattHours());
    story.remark(
        String.format(
            Locale.ROOT,
            "MMC: ActiveImportRegister %s Wh at %s; the meter's own register then: %s Wh",
            read.orElse("-"),
            at.map(Instant::toString).orElse("-"),
            held));
    story.verdict(
        result.succeeded() && read.equals(Optional.of(held)),
        "the value that the meter holds, encrypted for Supplier One, MAC verified");
  }

  private void readDailyLog() throws IOException, InterruptedException, MemoryFailureException {
    story.step(
        String.format(
            Locale.ROOT, "Supplier One reads the daily read log of the last %d days", LOG_DAYS));
    Result result = send(SUPPLIER_1, requests.readDailyLog(SUPPLIER_1, LOG_DAYS));
    List<Exchange.LogEntry> log = result.dailyLog();
    List<RegisterRead> held = meter().state().function().part(DailyLogs.class).reads();
    boolean same = log.stream().allMatch(entry -> isHeld(held, entry));
    log.forEach(entry ->
        story.remark(String.format(Locale.ROOT, "MMC: %s  %,d Wh", entry.at(), entry.wattHours())));
    story.verdict(
        result.succeeded() && same && log.size() >= LOG_DAYS,
        "each entry is what the meter's register held at that midnight");
  }

  private void readFirmwareVersion() throws IOException, InterruptedException {
    story.step("Supplier One reads the meter's firmware version");
    Result result = send(SUPPLIER_1, requests.readFirmwareVersion(SUPPLIER_1));
    Optional<String> version = result.value("FirmwareVersion");
    story.remark("MMC: FirmwareVersion " + version.orElse("-"));
    story.verdict(result.succeeded() && version.isPresent(), "the version that the meter runs");
  }

  private void readSupplyStatus(Participant from, String expected)
      throws IOException, InterruptedException {
    story.step(String.format(Locale.ROOT, "%s reads the supply status", from.title()));
    Result result = send(from, requests.readSupplyStatus(from));
    Optional<String> state = result.value("SupplyState");
    story.remark("MMC: SupplyState " + state.orElse("-"));
    story.verdict(
        result.succeeded() && state.map(expected::equalsIgnoreCase).orElse(false),
        "the supply is " + expected.toLowerCase(Locale.ROOT));
  }

  private void supply(String verb, RequestDraft draft, Position expected)
      throws IOException, InterruptedException, MemoryFailureException {
    story.step(String.format(Locale.ROOT, "Supplier One: %s Supply, a critical command", verb));
    UserDesk desk = desk(SUPPLIER_1);
    Optional<Octets> preCommand = transform(draft);
    if (preCommand.isEmpty()) {
      story.verdict(false, "no Pre-Command came");
      return;
    }
    long start = System.nanoTime();
    Correlation correlation = desk.critical().correlate(draft, preCommand.get());
    story.act(
        "supplier1",
        "correlates Pre-Command and request: " + name(correlation),
        Exchange.since(start));
    start = System.nanoTime();
    Octets signedPreCommand = desk.critical().sign(preCommand.get());
    story.act("supplier1", "signs the Pre-Command", Exchange.since(start));
    RequestDraft signedDraft = desk.critical().signedRequest(draft, signedPreCommand);
    Result result =
        exchange.post(
            SUPPLIER_1,
            desk,
            signedDraft,
            desk.sender().sign(signedDraft.write()),
            WebService.SEND_COMMAND);
    boolean done = meter().state().function().part(SupplyState.class).position() == expected;
    story.verdict(
        correlation instanceof Correlation.Match && result.succeeded() && done,
        String.format(
            Locale.ROOT,
            "the meter checked signature and MAC, its load switch is %s, its answer is signed",
            expected.name().toLowerCase(Locale.ROOT)));
  }

  private Optional<Octets> transform(RequestDraft draft) throws IOException, InterruptedException {
    Result result = send(SUPPLIER_1, draft);
    if (result.acknowledgement() instanceof Answer.Verified(Response response, Octets _)
        && response.body() instanceof ResponseMessage message
        && message.data() instanceof ResponseData.PreCommand(String _, Octets payload)) {
      return Optional.of(payload);
    }
    return Optional.empty();
  }

  private void refusedRole() throws IOException, InterruptedException {
    story.step("The network operator asks to disable the supply: no role of its");
    Result result = send(NETWORK_OPERATOR, requests.disableSupply(NETWORK_OPERATOR));
    expectCode(result, ResponseCode.E2);
  }

  private void refusedRegistration() throws IOException, InterruptedException {
    story.step("Supplier Two reads a meter that is not its customer's");
    Result result = send(SUPPLIER_2, requests.readImportRegisters(SUPPLIER_2));
    expectCode(result, ResponseCode.E4);
  }

  private void refusedSignature() throws IOException, InterruptedException {
    story.step("Somebody changes a request of Supplier One under way");
    UserDesk desk = desk(SUPPLIER_1);
    RequestDraft draft = requests.readSupplyStatus(SUPPLIER_1);
    RequestDraft other = requests.readFirmwareVersion(SUPPLIER_1);
    Octets forged = Forgery.bodyOf(other, desk.sender().sign(draft.write()), draft);
    Result result = exchange.post(SUPPLIER_1, desk, draft, forged, WebService.SEND_COMMAND);
    expectCode(result, ResponseCode.E1);
  }

  private void refusedVariant() throws IOException, InterruptedException {
    story.step("Supplier One sends a critical request as if it were not (command variant 1)");
    RequestDraft draft =
        Requests.as(requests.disableSupply(SUPPLIER_1), CommandVariant.NON_CRITICAL_WAN);
    expectCode(send(SUPPLIER_1, draft), ResponseCode.E12);
  }

  private void hostileDsp() throws IOException, InterruptedException, MemoryFailureException {
    story.step("A hostile DSP answers Enable Supply with a Pre-Command that disables it");
    UserDesk desk = desk(SUPPLIER_1);
    RequestDraft draft = requests.enableSupply(SUPPLIER_1);
    Optional<Octets> honest = transform(draft);
    if (honest.isEmpty()) {
      story.verdict(false, "no Pre-Command came");
      return;
    }
    Octets tampered = Forgery.disablingPreCommand(honest.get());
    long start = System.nanoTime();
    Correlation correlation = desk.critical().correlate(draft, tampered);
    story.act(
        "supplier1",
        "correlates Pre-Command and request: " + name(correlation),
        Exchange.since(start));
    if (correlation instanceof Correlation.Mismatch(List<Difference> d)) {
      d.forEach(difference -> story.remark(difference.toString()));
    }
    boolean untouched =
        meter().state().function().part(SupplyState.class).position() == Position.ENABLED;
    story.verdict(
        correlation instanceof Correlation.Mismatch && untouched,
        "Parse & Correlate catches it; nothing is signed, nothing is sent");
  }

  private void replayedCommand() throws MemoryFailureException {
    story.step("Somebody replays the Disable Supply of step 6 on the SM WAN, octet for octet");
    deliver(
        disableCommand,
        Position.ENABLED,
        "authentic, but its counter was used: no answer, but the supplier is alerted");
  }

  private void wrongMac() throws MemoryFailureException {
    story.step("Somebody sends a command with a wrong MAC");
    deliver(
        disableCommand.map(Forgery::withWrongMac),
        Position.ENABLED,
        "the meter stays silent: an answer would tell the forger something");
  }

  private void deliver(Optional<Octets> command, Position expected, String explanation)
      throws MemoryFailureException {
    if (command.isEmpty()) {
      story.verdict(false, "no command was seen before");
      return;
    }
    tap.reset();
    long start = System.nanoTime();
    var delivery =
        system
            .premises()
            .hub()
            .deliver(Home.FIRST.electricityMeter(), command.get(), Priority.SUPPLY);
    story.hop(
        "forger",
        "ESME",
        "GBCS command: " + delivery,
        command.get().length(),
        Exchange.since(start));
    List<DeviceEvent> events = tap.events();
    events.forEach(event -> story.remark("the meter: " + inWords(event)));
    boolean refused = events.stream().anyMatch(DeviceEvent.Refused.class::isInstance);
    boolean silent = tap.up().filter(up -> isResponse(up.message())).isEmpty();
    boolean untouched = meter().state().function().part(SupplyState.class).position() == expected;
    story.verdict(refused && silent && untouched, explanation);
  }

  private static String inWords(DeviceEvent event) {
    return switch (event) {
      case DeviceEvent.CarriedOut(String useCase, var _, var command) ->
          useCase + " carried out: " + command;
      case DeviceEvent.Refused(SecurityEvent reason) ->
          "refused, event " + event(reason.code()) + " in its security log";
      case DeviceEvent.SentAgain(var _, var command) ->
          "not carried out again, its answer is still on the way: " + command;
      case DeviceEvent.Unsupported(var code, var command) ->
          "does not know the message code " + code + ": " + command;
      case DeviceEvent.Logged(int code) -> "event " + event(code);
    };
  }

  private static String event(int code) {
    return AlertCatalogue.standard()
        .find(code)
        .map(meaning -> String.format(Locale.ROOT, "%04X (%s)", code, meaning.title()))
        .orElseGet(() -> String.format(Locale.ROOT, "%04X", code));
  }

  /** A device may alert its supplier to what it refuses; it must not answer. */
  private static boolean isResponse(Octets message) {
    try {
      return GbcsMessage.decode(message) instanceof GbcsMessage.Response;
    } catch (DecodeException noMessage) {
      return false;
    }
  }

  private void expectCode(Result result, ResponseCode expected) {
    story.verdict(
        result.code().equals(Optional.of(expected)),
        String.format(Locale.ROOT, "%s: %s", expected, expected.meaning().orElse("")));
  }

  private Result send(Participant from, RequestDraft draft)
      throws IOException, InterruptedException {
    return exchange.send(from, desk(from), draft);
  }

  private UserDesk desk(Participant participant) {
    return Objects.requireNonNull(desks.get(participant.name()), "a desk for each");
  }

  private StoredDevice<EsmeState> meter() {
    return system.premises().electricityMeter(Home.FIRST.electricityMeter()).orElseThrow();
  }

  private Registers registers() throws MemoryFailureException {
    return Registers.of(meter().state().function());
  }

  private static boolean isHeld(List<RegisterRead> held, Exchange.LogEntry entry) {
    return held.stream()
        .anyMatch(read -> read.at().equals(entry.at()) && read.activeImport() == entry.wattHours());
  }

  private static String name(Correlation correlation) {
    return switch (correlation) {
      case Correlation.Match _ -> "match";
      case Correlation.Mismatch _ -> "MISMATCH";
      case Correlation.Unusable _ -> "UNUSABLE";
    };
  }
}
