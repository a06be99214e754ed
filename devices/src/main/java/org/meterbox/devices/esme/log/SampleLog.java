// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A log of numbers, each entry with its time, that forgets its oldest entry when it is full. Never
 * changes; a log with one entry more shares the rest with the one before, so that logs of years are
 * kept without copying them.
 */
public final class SampleLog {
  /** Entries that are kept together. */
  private static final int CHUNK = 64;

  /**
   * Octets that one answer carries at most: what the longest message leaves beside header and
   * encryption. Thirteen months of half hours have 152,448, of a twin element meter 228,672.
   */
  static final int MAX_OCTETS = GbcsMessage.MAX_OCTETS - 4_000;

  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);
  private static final int[][] NO_CHUNKS = {};
  private static final int[] NOTHING = {};

  private final int columns;
  private final int capacity;
  private final int[][] full;
  private final int[] last;
  private final int forgotten;

  private SampleLog(int columns, int capacity, int[][] full, int[] last, int forgotten) {
    this.columns = columns;
    this.capacity = capacity;
    this.full = full;
    this.last = last;
    this.forgotten = forgotten;
  }

  /**
   * A log without entries.
   *
   * @param columns numbers in each entry, each of 32 bits without a sign
   * @param capacity entries that it holds at most
   */
  public static SampleLog empty(int columns, int capacity) {
    return new SampleLog(columns, capacity, NO_CHUNKS, NOTHING, 0);
  }

  /** Numbers in each entry. */
  public int columns() {
    return columns;
  }

  /** Entries that it holds. */
  public int size() {
    return full.length * CHUNK + last.length / width() - forgotten;
  }

  /** This log with an entry more. */
  public SampleLog with(Instant at, long... numbers) {
    int[] longer = Arrays.copyOf(last, last.length + width());
    longer[last.length] = (int) LogTimestamp.of(at).seconds();
    for (int column = 0; column < columns; column++) {
      longer[last.length + 1 + column] = (int) Math.min(numbers[column], 0xFFFF_FFFFL);
    }
    boolean isFull = longer.length == CHUNK * width();
    int[][] chunks = full;
    if (isFull) {
      chunks = Arrays.copyOf(full, full.length + 1);
      chunks[full.length] = longer;
    }
    int[] rest = isFull ? NOTHING : longer;
    int forget = size() == capacity ? forgotten + 1 : forgotten;
    if (forget == CHUNK && chunks.length > 0) {
      chunks = Arrays.copyOfRange(chunks, 1, chunks.length);
      forget = 0;
    }
    return new SampleLog(columns, capacity, chunks, rest, forget);
  }

  /** The time of the entry that was written last. */
  public Instant lastAt() {
    int size = size();
    return size == 0 ? Instant.MIN : at(size - 1);
  }

  /** The time of an entry, counted from the oldest. */
  public Instant at(int entry) {
    return Instant.ofEpochSecond(
        LogTimestamp.EPOCH.getEpochSecond() + Integer.toUnsignedLong(word(entry, 0)));
  }

  /** A number of an entry, counted from the oldest. */
  public long number(int entry, int column) {
    return Integer.toUnsignedLong(word(entry, 1 + column));
  }

  /**
   * The entries that a query asks for, as one compact array of times and numbers; refused where
   * they would not fit one answer.
   */
  public Reading reading(Query query) {
    List<DlmsValue> entries = new ArrayList<>();
    int size = size();
    int first = firstFrom(query.from());
    for (int entry = first; entry < size && !at(entry).isAfter(query.to()); entry++) {
      if ((entry - first) * width() * Integer.BYTES > MAX_OCTETS) {
        return new Reading.Denied(AccessResult.LONG_READ_ABORTED);
      }
      List<DlmsValue> fields = new ArrayList<>(width());
      for (int word = 0; word < width(); word++) {
        fields.add(new UInt32(Integer.toUnsignedLong(word(entry, word))));
      }
      entries.add(new DlmsValue.Structure(fields));
    }
    return new Reading.Value(
        new CompactArray(
            new TypeDescription.Fields(Collections.nCopies(width(), UINT32)), entries));
  }

  /** Times only rise, so that the first entry of a span is found by halving. */
  private int firstFrom(Instant from) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).isBefore(from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int word(int entry, int word) {
    int place = entry + forgotten;
    int chunk = place / CHUNK;
    int[] words = chunk < full.length ? full[chunk] : last;
    return words[place % CHUNK * width() + word];
  }

  private int width() {
    return 1 + columns;
  }

  /** Writes the log. Regular entries take an octet for their time and few for their numbers. */
  public void write(OctetWriter image) {
    int size = size();
    ImageFields.writeNumber(size, image);
    long previous = 0;
    long step = 0;
    for (int entry = 0; entry < size; entry++) {
      long at = Integer.toUnsignedLong(word(entry, 0));
      ImageFields.writeSigned(at - previous - step, image);
      step = at - previous;
      previous = at;
      for (int column = 0; column < columns; column++) {
        ImageFields.writeNumber(number(entry, column), image);
      }
    }
  }

  /** Reads what {@link #write} wrote of a log of this form. */
  public static SampleLog read(int columns, int capacity, OctetReader image)
      throws DecodeException {
    long size = ImageFields.readNumber(image);
    if (size < 0 || size > capacity) {
      throw image.fault(
          Fault.UNEXPECTED_VALUE,
          String.format(Locale.ROOT, "a log of at most %d entries", capacity));
    }
    int width = 1 + columns;
    int[][] full = new int[(int) size / CHUNK][CHUNK * width];
    int[] last = new int[(int) size % CHUNK * width];
    long previous = 0;
    long step = 0;
    for (int entry = 0; entry < size; entry++) {
      int[] words = entry / CHUNK < full.length ? full[entry / CHUNK] : last;
      int from = entry % CHUNK * width;
      step += ImageFields.readSigned(image);
      previous += step;
      words[from] = (int) previous;
      for (int column = 0; column < columns; column++) {
        words[from + 1 + column] = (int) ImageFields.readNumber(image);
      }
    }
    return new SampleLog(columns, capacity, full, last, 0);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof SampleLog log) || columns != log.columns || size() != log.size()) {
      return false;
    }
    for (int entry = size() - 1; entry >= 0; entry--) {
      for (int word = 0; word < width(); word++) {
        if (word(entry, word) != log.word(entry, word)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return size() * 31 + lastAt().hashCode();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "SampleLog[%d of %d entries]", size(), capacity);
  }
}
