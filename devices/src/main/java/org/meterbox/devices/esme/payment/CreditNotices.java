// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter has told of its credit, so that it tells each thing once until it is over.
 *
 * @param given what holds and was told
 */
record CreditNotices(Set<Notice> given) implements EsmePart {
  static final PartCodec<CreditNotices> CODEC = new Codec();

  /** What there is to tell. */
  enum Notice {
    /** Emergency credit can be activated. */
    EMERGENCY_CREDIT_AVAILABLE(0x8119),
    /** Combined credit is below the low credit threshold. */
    LOW_CREDIT(0x810D),
    /** All emergency credit is used. */
    EMERGENCY_CREDIT_EXHAUSTED(0x81AA),
    /** Combined credit is at or below the disablement threshold. */
    BELOW_DISABLEMENT_THRESHOLD(0x8F0F),
    /** Only the non-disablement calendar keeps the supply on. */
    DISABLEMENT_SUSPENDED(0x8F83);

    private final int code;

    Notice(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  CreditNotices {
    given =
        Collections.unmodifiableSet(
            given.isEmpty() ? EnumSet.noneOf(Notice.class) : EnumSet.copyOf(given));
  }

  private static final class Codec implements PartCodec<CreditNotices> {
    @Override
    public Class<CreditNotices> type() {
      return CreditNotices.class;
    }

    @Override
    public CreditNotices manufactured(Manufacture manufacture) {
      return new CreditNotices(Set.of());
    }

    @Override
    public void write(CreditNotices notices, OctetWriter image) {
      ImageFields.writeConstants(notices.given(), image);
    }

    @Override
    public CreditNotices read(OctetReader image) throws DecodeException {
      return new CreditNotices(ImageFields.readConstants(Notice.class, image));
    }
  }
}
