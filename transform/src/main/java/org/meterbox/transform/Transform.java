// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.NonCritical;
import org.meterbox.transform.TransformResult.NotYetTranslated;
import org.meterbox.transform.TransformResult.Refused;
import org.meterbox.transform.electricity.ConfigurationReads;
import org.meterbox.transform.electricity.RegisterReads;
import org.meterbox.transform.electricity.SupplyControl;

/** Translates Service Requests into the device language (DUIS to GBCS). */
public final class Transform {
  private static final Transform STANDARD =
      new Transform(
          ServiceRequestCatalogue.current(),
          Stream.of(RegisterReads.MAPPINGS, ConfigurationReads.MAPPINGS, SupplyControl.MAPPINGS)
              .flatMap(List::stream)
              .toList());

  private final ServiceRequestCatalogue catalogue;
  private final Map<ServiceReferenceVariant, List<Mapping>> mappings;

  Transform(ServiceRequestCatalogue catalogue, List<Mapping> mappings) {
    this.catalogue = catalogue;
    this.mappings = mappings.stream().collect(Collectors.groupingBy(Mapping::variant));
  }

  /** With every mapping of this version. */
  public static Transform standard() {
    return STANDARD;
  }

  /** The Service Request Variants that have a mapping. */
  public Stream<ServiceReferenceVariant> translated() {
    return mappings.keySet().stream();
  }

  /** The mapping that {@link #translate} would use. */
  public Optional<Mapping> mapping(ServiceReferenceVariant variant, TargetDevice device) {
    return mappings.getOrDefault(variant, List.of()).stream()
        .filter(mapping -> mapping.targets().contains(device.type()))
        .findFirst();
  }

  /**
   * Translates one request for one device.
   *
   * @param request a request that passed the schema
   * @param origin in whose name the command goes out
   */
  public TransformResult translate(ServiceRequest request, TargetDevice device, Origin origin) {
    Optional<ServiceRequestEntry> entry = catalogue.find(request.serviceReferenceVariant());
    if (entry.isEmpty() || !entry.get().targets().contains(device.type())) {
      return new Refused(
          ResponseCode.E11,
          "%s cannot be sent to a %s".formatted(request.serviceReferenceVariant(), device.type()));
    }
    return mapping(request.serviceReferenceVariant(), device)
        .map(mapping -> translate(request, device, origin, mapping, entry.get().critical()))
        .orElseGet(() ->
            new NotYetTranslated(
                "this version of Meterbox does not translate %s for a %s yet"
                    .formatted(request.serviceReferenceVariant(), device.type())));
  }

  private static TransformResult translate(
      ServiceRequest request,
      TargetDevice device,
      Origin origin,
      Mapping mapping,
      boolean critical) {
    MessageId id = request.requestId();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            origin.headerIdentity(id),
            origin.otherInformation(mapping.code(), id));
    try {
      Octets payload = mapping.payload().of(new Translation(request, device, header));
      return critical
          ? new Critical(new PreCommand(GroupedContent.unsigned(header, payload)))
          : new NonCritical(
              new UnsecuredCommand(GroupedContent.withEmptySignature(header, payload)));
    } catch (ElementException lacking) {
      return new Refused(ResponseCode.E11, "the request does not fit: " + lacking.path());
    }
  }
}
