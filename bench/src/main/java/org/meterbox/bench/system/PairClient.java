// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.CriticalCommand.Outcome;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.UserDesk;
import org.meterbox.correlate.ParseResult;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.Premises;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.ResponseBody;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * One DCC User's side of a pair: signs and posts the request, verifies the answer, waits for the
 * pushed response, verifies it, checks the device's MAC or signature and decrypts the content.
 */
final class PairClient {
  /** A pair that takes longer counts as failed. */
  static final Duration PAIR_MAX = Duration.ofSeconds(60);

  private static final Participant USER = Participant.SUPPLIER_1;
  private static final int ALERTS_AT_ONCE_MAX = 32;

  /** The terminal cover was removed (GBCS table 16.2). */
  private static final int COVER_REMOVED = 0x8F3F;

  private final UserDesk desk;
  private final PushReceiver receiver;
  private final AtomicLong lastCounter;
  private final AtomicLong supplyCommands = new AtomicLong();
  private final ReentrantLock criticalInTurn = new ReentrantLock();
  private final ReentrantLock topUpsInTurn = new ReentrantLock();
  private final Premises home;
  private final StoredDevice<EsmeState> meter;
  private final TopUpTokens tokens;

  /** A meter keeps a bounded number of alerts, and says no more than that at once. */
  private final Semaphore alertsAtOnce = new Semaphore(ALERTS_AT_ONCE_MAX);

  /**
   * A client of the first home's supplier.
   *
   * @param started later than any client before it; its counters begin here
   */
  PairClient(UserDesk desk, PushReceiver receiver, Premises home, Instant started)
      throws MemoryFailureException {
    this.desk = desk;
    this.receiver = receiver;
    this.home = home;
    this.meter = home.electricityMeter(Home.FIRST.electricityMeter()).orElseThrow();
    this.lastCounter = new AtomicLong(started.toEpochMilli());
    this.tokens = TopUpTokens.of(desk.identity(), meter, started.getEpochSecond());
  }

  /** A pair did not end with an authentic success of the device. */
  static final class FailedPairException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedPairException(String reason) {
      super(reason);
    }
  }

  /** Goes the whole way once. */
  void pair(Mix.Kind kind) throws FailedPairException, IOException, InterruptedException {
    switch (kind) {
      case READ -> read();
      case CRITICAL -> inTurn(criticalInTurn, this::sendCritical);
      case TOP_UP -> inTurn(topUpsInTurn, this::topUp);
      case ALERT -> alert();
    }
  }

  private void read() throws FailedPairException, IOException, InterruptedException {
    RequestDraft request =
        draft(
            CommandVariant.NON_CRITICAL_WAN,
            "4.1.1",
            XmlElement.of("ReadInstantaneousImportRegisters"));
    answered(request);
  }

  private void answered(RequestDraft request)
      throws FailedPairException, IOException, InterruptedException {
    CompletableFuture<ReceivedResponse> response = receiver.expect(request.requestId());
    try {
      acknowledged(desk.sender().send(request));
      check(request, await(response));
    } finally {
      receiver.forget(request.requestId());
    }
  }

  private interface Pair {
    void go() throws FailedPairException, IOException, InterruptedException;
  }

  /** A meter does not carry out a command whose counter is below the last one's. */
  private static void inTurn(ReentrantLock turn, Pair pair)
      throws FailedPairException, IOException, InterruptedException {
    turn.lockInterruptibly();
    try {
      pair.go();
    } finally {
      turn.unlock();
    }
  }

  private void topUp() throws FailedPairException, IOException, InterruptedException {
    TopUpTokens.Token token = tokens.next();
    answered(
        RequestDraft.single(
            new MessageId(USER.id(), Home.FIRST.electricityMeter(), token.counter()),
            CommandVariant.NON_CRITICAL_WAN,
            new ServiceReferenceVariant("2.2"),
            XmlElement.of("TopUpDevice", XmlElement.leaf("UTRN", token.digits()))));
  }

  private void alert() throws FailedPairException, IOException, InterruptedException {
    alertsAtOnce.acquire();
    try {
      List<Outgoing> said =
          meter.locally(transition -> EsmeEvents.raise(transition, COVER_REMOVED));
      if (said.isEmpty()) {
        throw new FailedPairException("the meter keeps too many alerts to send another");
      }
      Octets alert = said.getLast().message();
      CompletableFuture<ReceivedResponse> push = receiver.expectAlert(alert);
      try {
        home.hub().take(meter, said);
        await(push);
        authentic(desk.parseAndCorrelate().parse(alert));
      } finally {
        receiver.forgetAlert(alert);
      }
    } catch (MemoryFailureException | DecodeException fault) {
      throw new FailedPairException("the meter's alert: " + fault);
    } finally {
      alertsAtOnce.release();
    }
  }

  private void sendCritical() throws FailedPairException, IOException, InterruptedException {
    boolean enable = supplyCommands.incrementAndGet() % 2 == 0;
    RequestDraft request =
        draft(
            CommandVariant.TRANSFORM,
            enable ? "7.1" : "7.2",
            XmlElement.of(enable ? "EnableSupply" : "DisableSupply"));
    CompletableFuture<ReceivedResponse> response = receiver.expect(request.requestId());
    try {
      switch (desk.critical().send(request)) {
        case Outcome.Sent(Answer acknowledgement, var _) -> acknowledged(acknowledgement);
        case Outcome.NotTransformed(Answer answer) ->
            throw new FailedPairException("no Pre-Command: " + answer);
        case Outcome.NotSigned(var correlation, var _) ->
            throw new FailedPairException("the Pre-Command does not match: " + correlation);
      }
      check(request, await(response));
    } finally {
      receiver.forget(request.requestId());
    }
  }

  private RequestDraft draft(CommandVariant variant, String service, XmlElement body) {
    MessageId id =
        new MessageId(
            USER.id(),
            Home.FIRST.electricityMeter(),
            new OriginatorCounter(lastCounter.incrementAndGet()));
    return RequestDraft.single(id, variant, new ServiceReferenceVariant(service), body);
  }

  private static void acknowledged(Answer answer) throws FailedPairException {
    if (!(answer instanceof Answer.Verified(var response, var _)
        && response.code().equals(ResponseCode.I99))) {
      throw new FailedPairException("not acknowledged: " + answer);
    }
  }

  private static ReceivedResponse await(CompletableFuture<ReceivedResponse> response)
      throws FailedPairException, InterruptedException {
    try {
      return response.get(PAIR_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new FailedPairException("no response within " + PAIR_MAX.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(RequestDraft request, ReceivedResponse received) throws FailedPairException {
    if (!(received.response().body() instanceof ResponseBody.ResponseMessage message
        && message.data() instanceof ResponseData.DeviceResponse(var payload))) {
      throw new FailedPairException("no device message: " + received.response());
    }
    try {
      authentic(desk.parseAndCorrelate().parse(payload, request.serviceReferenceVariant()));
    } catch (DecodeException malformed) {
      throw new FailedPairException("the device's message cannot be read: " + malformed);
    }
  }

  private static void authentic(ParseResult result) throws FailedPairException {
    if (!(result instanceof ParseResult.Parsed parsed && parsed.authentic())) {
      throw new FailedPairException("the device's message is not authentic: " + result);
    }
  }
}
