// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** Attributes that a device keeps as they were written. */
public final class StoredValues {
  private StoredValues() {}

  /** Reads such an attribute as it was written. */
  public static <F> CosemObjects.Reader<F> reader(
      CosemAttribute attribute, Function<F, Map<CosemAttribute, DlmsValue>> values) {
    return (state, _) ->
        Optional.ofNullable(values.apply(state.function()).get(attribute))
            .<Reading>map(Reading.Value::new)
            .orElseGet(() -> new Reading.Denied(AccessResult.OBJECT_UNDEFINED));
  }

  /** Writes the attributes for a memory image. */
  public static void write(Map<CosemAttribute, DlmsValue> values, OctetWriter image) {
    image.u16(values.size());
    values.forEach((attribute, value) -> {
      image.u16(attribute.classId());
      attribute.object().write(image);
      image.u8(attribute.member());
      DlmsCodec.write(value, image);
    });
  }

  /** Reads what {@link #write} wrote. */
  public static Map<CosemAttribute, DlmsValue> read(OctetReader image) throws DecodeException {
    Map<CosemAttribute, DlmsValue> values = new HashMap<>();
    for (int left = image.u16(); left > 0; left--) {
      CosemAttribute attribute = new CosemAttribute(image.u16(), Obis.read(image), image.u8());
      values.put(attribute, DlmsCodec.read(image));
    }
    return values;
  }
}
