// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;

/** Setting the gas meter's clock (use case GCS28). */
public sealed interface ClockContent extends Asn1Content {
  /** Take the network's time if it lies in this period. */
  record SetClock(GeneralizedTime validityStart, GeneralizedTime validityEnd)
      implements ClockContent {
    static SetClock read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("set-clock");
      SetClock read = new SetClock(body.time("validity-start"), body.time("validity-end"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.time(validityStart).time(validityEnd));
    }
  }

  /**
   * The clock after the command.
   *
   * @param statusCode 0 to 2, see {@link #status}
   */
  record ClockReading(GeneralizedTime deviceTime, int statusCode) implements ClockContent {
    private static final CodeNames STATUS = CodeNames.of("reliable", "invalid", "unreliable");

    /** What the time is worth. */
    public String status() {
      return STATUS.name(statusCode);
    }

    static ClockReading read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("clock-reading");
      ClockReading read =
          new ClockReading(body.time("device-time"), body.integer(CodeNames.MAX, "status"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.time(deviceTime).integer(statusCode));
    }
  }
}
