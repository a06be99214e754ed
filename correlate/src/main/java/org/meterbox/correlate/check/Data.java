// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** DLMS data that a command must carry, part by part with whose words each part is. */
final class Data {
  private static final int ARRAY = 1;
  private static final int STRUCTURE = 2;

  private final List<Segment> segments;

  private Data(List<Segment> segments) {
    this.segments = segments;
  }

  /** A value that no request can change. */
  static Data prescribed(String what, DlmsValue value) {
    return new Data(List.of(Segment.prescribed(what, DlmsCodec.encode(value))));
  }

  /** A structure of these parts. */
  static Data structure(String what, Data... parts) {
    return group(STRUCTURE, what, Arrays.asList(parts));
  }

  /** An array of these elements. */
  static Data array(String what, Collection<Data> elements) {
    return group(ARRAY, what, elements);
  }

  void addTo(List<Segment> target) {
    target.addAll(segments);
  }

  private static Data group(int tag, String what, Collection<Data> parts) {
    List<Segment> all = new ArrayList<>();
    OctetWriter head = new OctetWriter(4).u8(tag);
    BerLength.write(head, parts.size());
    Octets octets = head.toOctets();
    all.add(new Segment("number of parts of " + what, Integer.toString(parts.size()), octets));
    parts.forEach(part -> part.addTo(all));
    return new Data(all);
  }
}
