// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What a meter tells in the home, as its supplier has set it (SRV 6.22): events that it shares with
 * devices of the home, and events for which it sounds its alarm. Of each the latest are kept.
 *
 * @param shared oldest first
 * @param sounded oldest first
 */
public record HomeNotices(List<LogEntry> shared, List<LogEntry> sounded) implements EsmePart {
  /** Entries that are kept of each. */
  public static final int KEPT = 8;

  /** How they stand in a memory image. */
  public static final PartCodec<HomeNotices> CODEC = new Codec();

  private static final HomeNotices NONE = new HomeNotices(List.of(), List.of());

  /** Copies the lists. */
  public HomeNotices {
    shared = List.copyOf(shared);
    sounded = List.copyOf(sounded);
  }

  /** The notices of a meter. */
  public static HomeNotices of(EsmeState esme) {
    return esme.part(HomeNotices.class);
  }

  HomeNotices withShared(LogEntry entry) {
    return new HomeNotices(latest(shared, entry), sounded);
  }

  HomeNotices withSounded(LogEntry entry) {
    return new HomeNotices(shared, latest(sounded, entry));
  }

  private static List<LogEntry> latest(List<LogEntry> entries, LogEntry entry) {
    List<LogEntry> longer = new ArrayList<>(entries);
    longer.add(entry);
    return longer.subList(Math.max(0, longer.size() - KEPT), longer.size());
  }

  private static final class Codec implements PartCodec<HomeNotices> {
    @Override
    public Class<HomeNotices> type() {
      return HomeNotices.class;
    }

    @Override
    public HomeNotices manufactured(Manufacture manufacture) {
      return NONE;
    }

    @Override
    public void write(HomeNotices notices, OctetWriter image) {
      for (List<LogEntry> entries : List.of(notices.shared(), notices.sounded())) {
        image.u8(entries.size());
        for (LogEntry entry : entries) {
          ImageFields.writeInstant(entry.at(), image);
          image.u16(entry.code());
        }
      }
    }

    @Override
    public HomeNotices read(OctetReader image) throws DecodeException {
      return new HomeNotices(readEntries(image), readEntries(image));
    }

    private static List<LogEntry> readEntries(OctetReader image) throws DecodeException {
      List<LogEntry> entries = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        entries.add(new LogEntry(ImageFields.readInstant(image), image.u16(), Octets.EMPTY));
      }
      return entries;
    }
  }
}
