// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * What a device answered to each specification of a DLMS command, with encrypted parts replaced by
 * what they say where they could be read.
 */
public final class DlmsAnswers {
  private final AccessResponse response;
  private final List<Optional<List<DlmsValue>>> opened;

  /**
   * Joins an answer with its opened parts.
   *
   * @param opened for each item the values of protected attributes, where it has any and they could
   *     be read
   */
  public DlmsAnswers(AccessResponse response, List<Optional<List<DlmsValue>>> opened) {
    if (opened.size() != response.items().size()) {
      throw new IllegalArgumentException("expected one entry per item");
    }
    this.response = response;
    this.opened = List.copyOf(opened);
  }

  /** How many specifications are answered. */
  public int size() {
    return response.items().size();
  }

  /** The answer as the device gave it. */
  public AccessResponse response() {
    return response;
  }

  /** Success, failure, or part of each. */
  public Outcome outcome() {
    int successes = 0;
    for (AccessResponse.Item item : response.items()) {
      successes += item.successful() ? 1 : 0;
    }
    if (successes == response.items().size()) {
      return Outcome.SUCCESS;
    }
    return successes == 0 ? Outcome.FAILURE : Outcome.PARTIAL;
  }

  /** The value at a position from 0; empty where the device could not give it. */
  public Optional<DlmsValue> value(int position) throws UnexpectedContentException {
    AccessResponse.Item item = item(position);
    return item.successful() ? Optional.of(item.data()) : Optional.empty();
  }

  /** What is done with a value. */
  @FunctionalInterface
  public interface Use {
    /** Takes the value. */
    void use(DlmsValue value) throws UnexpectedContentException;
  }

  /** Uses the value at a position from 0, unless the device could not give it. */
  public void with(int position, Use use) throws UnexpectedContentException {
    Optional<DlmsValue> value = value(position);
    if (value.isPresent()) {
      use.use(value.get());
    }
  }

  /** Whether the device could give the values at all positions from {@code from} on. */
  public boolean has(int from, int count) throws UnexpectedContentException {
    for (int i = from; i < from + count; i++) {
      if (value(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The value at a position from 0 that {@link #has} vouched for. */
  public DlmsValue given(int position) throws UnexpectedContentException {
    return value(position)
        .orElseThrow(() -> new UnexpectedContentException("expected a value that the device gave"));
  }

  /**
   * The values of the protected attributes at a position from 0; empty where the device could not
   * give them or they could not be read.
   */
  public Optional<List<DlmsValue>> sensitive(int position, int attributes)
      throws UnexpectedContentException {
    item(position);
    Optional<List<DlmsValue>> values = opened.get(position);
    if (values.isPresent() && values.get().size() != attributes) {
      throw new UnexpectedContentException(
          String.format(
              Locale.ROOT,
              "expected %d protected attributes, found %d",
              attributes,
              values.get().size()));
    }
    return values;
  }

  /** Refuses any other number of answers. */
  public void expectSize(int count) throws UnexpectedContentException {
    if (size() != count) {
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected %d answers, found %d", count, size()));
    }
  }

  private AccessResponse.Item item(int position) throws UnexpectedContentException {
    if (position >= response.items().size()) {
      throw new UnexpectedContentException(
          String.format(
              Locale.ROOT,
              "expected answer %d, found only %d answers",
              position + 1,
              response.items().size()));
    }
    return response.items().get(position);
  }
}
