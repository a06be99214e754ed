// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.MessageCode;

/**
 * A use case whose payload is an ACCESS.request.
 *
 * @param items what it may contain, in this order; a device leaves nothing in a request unchecked,
 *     because a non-critical message code must not carry a critical action
 */
public record CosemUseCase(UseCase useCase, List<Permitted> items) {
  /** Where a use case allows one value only for a method: the scripts of supply control. */
  private static final Map<MessageCode, DlmsValue> ONLY_VALUES =
      Map.of(
          new MessageCode(0x004F), new DlmsValue.UInt16(51),
          new MessageCode(0x0050), new DlmsValue.UInt16(52),
          new MessageCode(0x0051), new DlmsValue.UInt16(54));

  /** Copies the list. */
  public CosemUseCase {
    items = List.copyOf(items);
  }

  /** What the catalogue says of the use case. */
  public static CosemUseCase of(UseCase useCase) {
    List<CosemAttribute> sensitive =
        useCase.objects().stream()
            .filter(use -> use.access() == Access.PROTECTED)
            .map(ObjectUse::target)
            .toList();
    List<Permitted> items = new ArrayList<>();
    for (ObjectUse use : useCase.objects()) {
      CosemAttribute target = use.target();
      switch (use.access()) {
        case GET -> items.add(new Permitted.Read(target));
        case SET -> items.add(new Permitted.Write(target));
        case RANGE -> items.add(new Permitted.ReadSpan(target));
        case ACTION ->
            items.add(
                ProtectedAttributes.isMethod(target)
                    ? new Permitted.ReadProtected(target, sensitive)
                    : new Permitted.Invoke(
                        target, Optional.ofNullable(ONLY_VALUES.get(useCase.code()))));
        // Named by the data protection object's request; alerts are not requested.
        case PROTECTED, ALERT -> {}
      }
    }
    return new CosemUseCase(useCase, items);
  }

  /** Whether each item of the request is permitted and stands in the use case's order. */
  public boolean covers(AccessRequest request) {
    int next = 0;
    for (AccessRequest.Item item : request.items()) {
      while (next < items.size() && !items.get(next).covers(item)) {
        next++;
      }
      if (next == items.size()) {
        return false;
      }
      next++;
    }
    return !request.items().isEmpty();
  }
}
