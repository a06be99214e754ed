// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * The attributes and methods of a device. Which of them a command may touch is for its use case to
 * say; what is not here does not exist.
 *
 * @param <F> the state of the device's function
 */
public final class CosemObjects<F> {
  /** Reads an attribute. */
  @FunctionalInterface
  public interface Reader<F> {
    /** The value in this state. */
    Reading read(DeviceState<F> state, Query query);
  }

  /** Writes an attribute or carries out a method. */
  @FunctionalInterface
  public interface Writer<F> {
    /**
     * Applies the value. Where the result is not {@link AccessResult#SUCCESS} the caller undoes
     * what this changed.
     */
    AccessResult apply(Transition<F> transition, DlmsValue value);
  }

  private final Map<CosemAttribute, Reader<F>> readers = new HashMap<>();
  private final Map<CosemAttribute, Writer<F>> writers = new HashMap<>();
  private final Map<CosemAttribute, Writer<F>> methods = new HashMap<>();
  private final Map<CosemAttribute, Writer<F>> attempts = new HashMap<>();

  /** Adds an attribute that can be read. */
  public CosemObjects<F> reads(CosemAttribute attribute, Reader<F> reader) {
    readers.put(attribute, reader);
    return this;
  }

  /** Adds an attribute that can be written. */
  public CosemObjects<F> writes(CosemAttribute attribute, Writer<F> writer) {
    writers.put(attribute, writer);
    return this;
  }

  /** Adds a method. */
  public CosemObjects<F> acts(CosemAttribute method, Writer<F> writer) {
    methods.put(method, writer);
    return this;
  }

  /**
   * Adds a method whose refusal leaves traces, such as a log entry: what it changes is kept,
   * whatever its result.
   */
  public CosemObjects<F> attempts(CosemAttribute method, Writer<F> writer) {
    attempts.put(method, writer);
    return this;
  }

  Reading read(DeviceState<F> state, CosemAttribute attribute, Query query) {
    Reader<F> reader = readers.get(attribute);
    return reader == null
        ? new Reading.Denied(AccessResult.OBJECT_UNDEFINED)
        : reader.read(state, query);
  }

  AccessResult write(Transition<F> transition, CosemAttribute attribute, DlmsValue value) {
    return apply(writers.get(attribute), transition, value);
  }

  AccessResult invoke(Transition<F> transition, CosemAttribute method, DlmsValue value) {
    Writer<F> attempt = attempts.get(method);
    return attempt == null
        ? apply(methods.get(method), transition, value)
        : attempt.apply(transition, value);
  }

  private AccessResult apply(
      @Nullable Writer<F> writer, Transition<F> transition, DlmsValue value) {
    if (writer == null) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    Transition.Savepoint<F> before = transition.savepoint();
    AccessResult result = writer.apply(transition, value);
    if (result != AccessResult.SUCCESS) {
      transition.rollBack(before);
    }
    return result;
  }
}
