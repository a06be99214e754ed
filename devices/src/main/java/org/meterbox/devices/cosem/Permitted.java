// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;

/** One item that a use case may contain. */
public sealed interface Permitted {
  /** Whether an item of a request is of this form; its values are checked when it is executed. */
  boolean covers(Item item);

  /** Reading an attribute. */
  record Read(CosemAttribute attribute) implements Permitted {
    @Override
    public boolean covers(Item item) {
      return item instanceof Item.Get(CosemAttribute target) && target.equals(attribute);
    }
  }

  /** Reading a span of a log. */
  record ReadSpan(CosemAttribute log) implements Permitted {
    @Override
    public boolean covers(Item item) {
      return item instanceof Item.SelectiveGet get && get.target().equals(log);
    }
  }

  /** Writing an attribute. */
  record Write(CosemAttribute attribute) implements Permitted {
    @Override
    public boolean covers(Item item) {
      return item instanceof Item.Set set && set.target().equals(attribute);
    }
  }

  /**
   * Invoking a method.
   *
   * @param constant the only data that the use case allows; empty where it varies
   */
  record Invoke(CosemAttribute method, Optional<DlmsValue> constant) implements Permitted {
    @Override
    public boolean covers(Item item) {
      return item instanceof Item.Action action
          && action.target().equals(method)
          && constant.filter(only -> !only.equals(action.data())).isEmpty();
    }
  }

  /**
   * Reading sensitive attributes through a data protection object.
   *
   * @param attributes what may be read, in the order of the use case
   */
  record ReadProtected(CosemAttribute method, List<CosemAttribute> attributes)
      implements Permitted {
    /** Copies the list. */
    public ReadProtected {
      attributes = List.copyOf(attributes);
    }

    @Override
    public boolean covers(Item item) {
      return item instanceof Item.Action action
          && action.target().equals(method)
          && ProtectedAttributes.Request.of(action.data())
              .filter(request -> coversAll(request.selections()))
              .isPresent();
    }

    private boolean coversAll(List<ProtectedAttributes.Selection> selections) {
      return !selections.isEmpty()
          && selections.size() <= attributes.size()
          && selections.stream()
              .allMatch(s -> attributes.contains(s.attribute()) && s.dataIndex() == 0);
    }
  }
}
