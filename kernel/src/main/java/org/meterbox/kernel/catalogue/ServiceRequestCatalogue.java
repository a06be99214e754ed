// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Every Service Request Variant of DUIS 5.4, in the order of their numbers. */
public final class ServiceRequestCatalogue {
  private static final ServiceRequestCatalogue CURRENT = load();

  private final Map<ServiceReferenceVariant, ServiceRequestEntry> byVariant;
  private final Map<String, ServiceRequestEntry> byRequestElement;

  private ServiceRequestCatalogue(
      Map<ServiceReferenceVariant, ServiceRequestEntry> byVariant,
      Map<String, ServiceRequestEntry> byRequestElement) {
    this.byVariant = Collections.unmodifiableMap(byVariant);
    this.byRequestElement = Collections.unmodifiableMap(byRequestElement);
  }

  /** The catalogue of DUIS 5.4. */
  public static ServiceRequestCatalogue current() {
    return CURRENT;
  }

  /** All entries. */
  public Collection<ServiceRequestEntry> entries() {
    return byVariant.values();
  }

  /** The entry of a variant. */
  public Optional<ServiceRequestEntry> find(ServiceReferenceVariant variant) {
    return Optional.ofNullable(byVariant.get(variant));
  }

  /** The entry whose request element has this local name. */
  public Optional<ServiceRequestEntry> findByRequestElement(String localName) {
    return Optional.ofNullable(byRequestElement.get(localName));
  }

  private static ServiceRequestCatalogue load() {
    Map<ServiceReferenceVariant, ServiceRequestEntry> byVariant = new LinkedHashMap<>();
    Map<String, ServiceRequestEntry> byRequestElement = new LinkedHashMap<>();
    for (List<String> row :
        CatalogueTable.rows("service-requests.table", ServiceRequestEntry.COLUMNS)) {
      ServiceRequestEntry entry = ServiceRequestEntry.of(row);
      if (byVariant.put(entry.variant(), entry) != null
          || byRequestElement.put(entry.requestElement(), entry) != null) {
        throw new IllegalStateException("the Service Request table names twice: " + row);
      }
    }
    return new ServiceRequestCatalogue(byVariant, byRequestElement);
  }
}
