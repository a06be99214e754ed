// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * How a part of the state begins and how it stands in a memory image.
 *
 * @param <P> the part
 */
public interface GasPartCodec<P extends GasPart> {
  /** The class of the part: a state holds one of each. */
  Class<P> type();

  /** The part of a meter that leaves the factory. */
  P manufactured(GasManufacture manufacture);

  /** Writes the part. */
  void write(P part, OctetWriter image);

  /** Reads what {@link #write} wrote. */
  P read(OctetReader image) throws DecodeException;
}
