// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Translation;

/** Collects the ZCL commands of one GBZ payload and numbers them from zero. */
final class GbzCommands {
  /** A time that means: never, as far as a log can go, or cancelled. */
  static final long LATEST = 0xFFFF_FFFEL;

  private static final long CANCELLED = 0xFFFF_FFFFL;
  private static final int FROM_CLIENT = 0x01;
  private static final int FROM_SERVER = 0x09;

  private final List<Component> components = new ArrayList<>();

  /** Fills the fields of a command. */
  @FunctionalInterface
  interface Fill {
    /** Fills them in the order of the layout. */
    void into(ZclFieldsBuilder fields) throws ElementException;
  }

  /** Read Attributes. */
  GbzCommands read(Cluster cluster, int... attributes) {
    components.add(
        Component.Plain.of(ZclFrame.readAttributes(cluster, components.size(), attributes)));
    return this;
  }

  /** A command of the table, by its name. */
  GbzCommands send(String name, Fill fill) throws ElementException {
    return send(OptionalLong.empty(), name, fill);
  }

  /** A command of the table, with a from-date-time beside it. */
  GbzCommands send(OptionalLong from, String name, Fill fill) throws ElementException {
    ZclCommand command = ZclCatalogue.command(name);
    ZclFieldsBuilder fields = command.fields();
    fill.into(fields);
    int frameControl =
        switch (command.direction()) {
          case FROM_CLIENT -> FROM_CLIENT;
          case FROM_SERVER -> FROM_SERVER;
        };
    ZclFrame frame = command.frame(frameControl, components.size(), fields.build());
    components.add(new Component.Plain(from, frame));
    return this;
  }

  Octets encode() {
    return new GbzMessage(components).encode();
  }

  /** The time of translation, which GBCS makes the issuer's event identifier. */
  static long issuerEvent(Translation translation) {
    return LogTimestamp.of(translation.context().now()).seconds();
  }

  /** A point in time at which something happens. */
  static long utc(XmlElement element) throws ElementException {
    long seconds = secondsOf(element);
    if (seconds <= 0 || seconds >= LATEST) {
      throw element.fault("lies outside the time that a device can name");
    }
    return seconds;
  }

  /**
   * Where a log is to be read from or to: one after what four octets can say is as late as they
   * can.
   */
  static long logTime(XmlElement element) throws ElementException {
    long seconds = secondsOf(element);
    if (seconds < 0) {
      throw element.fault("lies before the time that a device can name");
    }
    return Math.min(seconds, LATEST);
  }

  private static long secondsOf(XmlElement element) throws ElementException {
    return element.dateTime().getEpochSecond() - LogTimestamp.EPOCH.getEpochSecond();
  }

  /** When a request takes effect: 0 at once, or its execution date, or never. */
  static long implementation(XmlElement request) throws ElementException {
    if (!request.has("ExecutionDateTime")) {
      return 0;
    }
    XmlElement when = request.child("ExecutionDateTime");
    return when.dateTime().equals(CosemForms.CANCELLATION) ? CANCELLED : utc(when);
  }

  /**
   * When calendars, special days, thresholds and price matrices take effect. They are cancelled by
   * a time just before the one that cancels everything else, as the published messages show.
   */
  static long publication(XmlElement request) throws ElementException {
    return Math.min(implementation(request), LATEST);
  }

  /** A number that fits four octets with sign. */
  static long int32(XmlElement element) throws ElementException {
    return CosemForms.within(element, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
