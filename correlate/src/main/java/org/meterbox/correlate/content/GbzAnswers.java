// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.Octets;

/**
 * What a device answered to the ZCL commands of a GBZ command. A number, time or string that ZCL
 * marks as "no value" is as if it were not there; that one was met is remembered, so that the
 * octets can be shown beside what was read. Not for use by two threads.
 */
public final class GbzAnswers {
  private final List<ZclFrame> frames;
  private boolean metNonValue;

  /**
   * The frames that can be read, in order.
   *
   * @param frames all but those that are encrypted for another
   */
  public GbzAnswers(List<ZclFrame> frames) {
    this.frames = List.copyOf(frames);
  }

  /** The frames in order. */
  public List<ZclFrame> frames() {
    return frames;
  }

  /** Whether something that was asked for so far is marked as "no value". */
  public boolean metNonValue() {
    return metNonValue;
  }

  /** Success, failure, or part of each. Having nothing to return is no failure. */
  public Outcome outcome() {
    int successes = 0;
    int failures = 0;
    for (ZclFrame frame : frames) {
      for (ZclStatus status : statuses(frame.payload())) {
        if (isFine(status)) {
          successes++;
        } else {
          failures++;
        }
      }
    }
    if (failures == 0) {
      return Outcome.SUCCESS;
    }
    return successes == 0 ? Outcome.FAILURE : Outcome.PARTIAL;
  }

  /** Whether a status is no fault: done, or nothing held that could be returned. */
  public static boolean isFine(ZclStatus status) {
    return status.equals(ZclStatus.SUCCESS) || status.equals(ZclStatus.NOT_FOUND);
  }

  private static List<ZclStatus> statuses(ZclPayload payload) {
    return switch (payload) {
      case ZclPayload.DefaultResponse response -> List.of(response.status());
      case ZclPayload.AttributeReadings readings ->
          readings.readings().stream().map(ZclPayload.Reading::status).toList();
      case ZclPayload.WriteResults results ->
          results.failures().isEmpty()
              ? List.of(ZclStatus.SUCCESS)
              : results.failures().stream().map(ZclPayload.WriteFailure::status).toList();
      case ZclPayload.ClusterCommand command -> List.of(status(command.fields()));
      case ZclPayload.ReadAttributes ignored -> List.of();
      case ZclPayload.AttributeValues ignored -> List.of(ZclStatus.SUCCESS);
      case ZclPayload.Unrecognised ignored -> List.of();
    };
  }

  /** Two commands say in a field of their own that they failed. */
  private static ZclStatus status(ZclFields fields) {
    if (fields.find("Result Type").isPresent()) {
      return topUpAccepted(fields.number("Result Type")) ? ZclStatus.SUCCESS : ZclStatus.FAILURE;
    }
    boolean samplingRefused =
        fields.fields().size() == 1
            && fields.find("Sample Id").isPresent()
            && fields.number("Sample Id") == 0xFFFF;
    return samplingRefused ? ZclStatus.FAILURE : ZclStatus.SUCCESS;
  }

  /** 00 accepted; 10, 11, 12 accepted with the supply enabled, disabled or armed (ZSE top up). */
  private static boolean topUpAccepted(long result) {
    return result == 0x00 || (result >= 0x10 && result <= 0x12);
  }

  /** The value of an attribute; empty where it could not be given. */
  public Optional<ZclValue> attribute(Cluster cluster, int id) {
    for (ZclFrame frame : frames) {
      if (frame.cluster().equals(cluster)
          && frame.payload() instanceof ZclPayload.AttributeReadings readings) {
        for (ZclPayload.Reading reading : readings.readings()) {
          if (reading.attribute().id() == id && reading.value().isPresent()) {
            return reading.value().map(TypedValue::value);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The number that an attribute holds; empty where it could not be given or is none. */
  public Optional<Long> number(Cluster cluster, int id) throws UnexpectedContentException {
    Optional<ZclValue> value = known(attribute(cluster, id));
    return value.isPresent() ? Optional.of(number(value.get())) : Optional.empty();
  }

  /** The octets that an attribute holds; empty where it could not be given or is none. */
  public Optional<Octets> octets(Cluster cluster, int id) throws UnexpectedContentException {
    Optional<ZclValue> value = known(attribute(cluster, id));
    return value.isPresent() ? Optional.of(octets(value.get())) : Optional.empty();
  }

  /** A number in a field; empty where it is none. */
  public Optional<Long> number(ZclFields fields, String name) throws UnexpectedContentException {
    Optional<ZclValue> value = known(Optional.of(field(fields, name)));
    return value.isPresent() ? Optional.of(number(value.get())) : Optional.empty();
  }

  /** A time in a field, as xs:dateTime; empty where it is none. */
  public Optional<String> time(ZclFields fields, String name) throws UnexpectedContentException {
    return number(fields, name).map(Timestamps::ofSeconds);
  }

  /** Octets in a field; empty where they are none. */
  public Optional<Octets> octets(ZclFields fields, String name) throws UnexpectedContentException {
    Optional<ZclValue> value = known(Optional.of(field(fields, name)));
    return value.isPresent() ? Optional.of(octets(value.get())) : Optional.empty();
  }

  private Optional<ZclValue> known(Optional<ZclValue> given) {
    Optional<ZclValue> known = given.filter(value -> !value.isNonValue());
    metNonValue |= given.isPresent() && known.isEmpty();
    return known;
  }

  /** The fields of every command of this kind that the device sent, in order. */
  public List<ZclFields> commands(Cluster cluster, Direction direction, int id) {
    List<ZclFields> found = new ArrayList<>();
    for (ZclFrame frame : frames) {
      if (frame.cluster().equals(cluster)
          && frame.header().isClusterSpecific()
          && frame.header().direction() == direction
          && frame.header().commandId() == id
          && frame.payload() instanceof ZclPayload.ClusterCommand command) {
        found.add(command.fields());
      }
    }
    return found;
  }

  /** The fields of every command of this kind that the device sent as the cluster's server. */
  public List<ZclFields> published(Cluster cluster, int id) {
    return commands(cluster, Direction.FROM_SERVER, id);
  }

  /** A number in a field without which the rest means nothing. */
  public static long needed(ZclFields fields, String name) throws UnexpectedContentException {
    ZclValue value = field(fields, name);
    if (value.isNonValue()) {
      throw new UnexpectedContentException("expected a value in " + name);
    }
    return number(value);
  }

  /** The rows in a field. */
  public static List<ZclFields> rows(ZclFields fields, String name)
      throws UnexpectedContentException {
    if (field(fields, name) instanceof ZclValue.Rows rows) {
      return rows.rows();
    }
    throw new UnexpectedContentException("expected rows in " + name);
  }

  /** A date in a field. */
  public static ZclValue.Date date(ZclFields fields, String name)
      throws UnexpectedContentException {
    if (field(fields, name) instanceof ZclValue.Date date) {
      return date;
    }
    throw new UnexpectedContentException("expected a date in " + name);
  }

  private static ZclValue field(ZclFields fields, String name) throws UnexpectedContentException {
    return fields
        .find(name)
        .orElseThrow(() ->
            new UnexpectedContentException(
                String.format(Locale.ROOT, "expected the field %s", name)));
  }

  private static long number(ZclValue value) throws UnexpectedContentException {
    return switch (value) {
      case ZclValue.Unsigned number -> number.value();
      case ZclValue.Signed number -> number.value();
      default -> throw new UnexpectedContentException("expected a number");
    };
  }

  private static Octets octets(ZclValue value) throws UnexpectedContentException {
    if (value instanceof ZclValue.Text text) {
      return text.octets();
    }
    throw new UnexpectedContentException("expected a string");
  }
}
