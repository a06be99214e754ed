// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** How a whole meter's state stands in a memory image, its own or that of its mirror. */
public interface GsmeStateCodec {
  /** Writes the state. */
  void write(GsmeState gsme, OctetWriter image);

  /** Reads what {@link #write} wrote. */
  GsmeState read(OctetReader image) throws DecodeException;
}
