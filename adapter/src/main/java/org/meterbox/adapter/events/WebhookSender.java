// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.meterbox.adapter.events.Webhooks.Delivery;
import org.meterbox.adapter.events.Webhooks.DeliveryState;
import org.meterbox.crypto.HmacSha256;
import org.meterbox.kernel.Octets;

/**
 * Pushes events to webhooks and callbacks, signed as Standard Webhooks prescribes: the headers
 * {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}, the latter {@code
 * v1,} and the base64 of HMAC-SHA-256 over identifier, timestamp and body joined by dots. A
 * recipient may get an event twice; its identifier tells.
 */
public final class WebhookSender implements AutoCloseable {
  /** How long one attempt may take. */
  public static final Duration ATTEMPT_MAX = Duration.ofSeconds(10);

  /** The first pause between two attempts; it doubles up to {@link #PAUSE_MAX}. */
  public static final Duration PAUSE_MIN = Duration.ofSeconds(2);

  /** The longest pause between two attempts. */
  public static final Duration PAUSE_MAX = Duration.ofMinutes(10);

  /** Deliveries at the same time. */
  public static final int AT_ONCE_MAX = 16;

  /** Before each secret, as Standard Webhooks prescribes. */
  public static final String SECRET_PREFIX = "whsec_";

  private static final int GONE = 410;

  private final Webhooks webhooks;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(ATTEMPT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /** A sender; {@link #deliverDue} does its work. */
  public WebhookSender(Webhooks webhooks, InstantSource clock) {
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Delivers what is due, until nothing is. */
  public void deliverDue() {
    List<Delivery> claimed = claim();
    while (!claimed.isEmpty() && !workers.isShutdown()) {
      List<? extends Future<?>> attempts =
          claimed.stream().map(delivery -> workers.submit(() -> attempt(delivery))).toList();
      for (Future<?> attempt : attempts) {
        try {
          attempt.get();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return;
        } catch (java.util.concurrent.ExecutionException fault) {
          throw new IllegalStateException("a delivery met a fault of our own", fault.getCause());
        }
      }
      claimed = claim();
    }
  }

  private List<Delivery> claim() {
    Instant now = clock.instant();
    return webhooks.claim(now, now.plus(ATTEMPT_MAX.multipliedBy(3)), AT_ONCE_MAX);
  }

  private void attempt(Delivery delivery) {
    Optional<String> error;
    boolean gone = false;
    try {
      HttpResponse<Void> answer = http.send(request(delivery), BodyHandlers.discarding());
      boolean taken = answer.statusCode() / 100 == 2;
      gone = answer.statusCode() == GONE;
      error = taken ? Optional.empty() : Optional.of("HTTP status " + answer.statusCode());
    } catch (IOException | IllegalArgumentException notReached) {
      error = Optional.of(notReached.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    if (error.isEmpty()) {
      webhooks.note(delivery, DeliveryState.DELIVERED, Optional.empty(), error);
      return;
    }
    Instant next = clock.instant().plus(pause(delivery.attempts()));
    boolean over = gone || next.isAfter(delivery.deadline());
    webhooks.note(
        delivery,
        over ? DeliveryState.GIVEN_UP : DeliveryState.PENDING,
        over ? Optional.empty() : Optional.of(next),
        error);
  }

  private static Duration pause(int attempts) {
    Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(attempts, 20));
    return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
  }

  private HttpRequest request(Delivery delivery) {
    String id = "event-" + delivery.event();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return HttpRequest.newBuilder(URI.create(delivery.url()))
        .timeout(ATTEMPT_MAX)
        .header("Content-Type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature(delivery.secret(), id, timestamp, delivery.body()))
        .POST(BodyPublishers.ofString(delivery.body()))
        .build();
  }

  /** The value of {@code webhook-signature}. */
  static String signature(String secret, String id, String timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    Octets code = HmacSha256.of(Octets.of(key), Octets.of(signed));
    return "v1," + Base64.getEncoder().encodeToString(code.toArray());
  }

  @Override
  public void close() {
    workers.shutdownNow();
    http.shutdownNow();
  }
}
