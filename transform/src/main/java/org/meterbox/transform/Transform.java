// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.List;
import java.util.Locale;
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
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
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
import org.meterbox.transform.credentials.DeviceManagement;
import org.meterbox.transform.credentials.RemotePartyCredentials;
import org.meterbox.transform.electricity.AlertBehaviour;
import org.meterbox.transform.electricity.AuxiliaryControllers;
import org.meterbox.transform.electricity.ConfigurationReads;
import org.meterbox.transform.electricity.LogReads;
import org.meterbox.transform.electricity.MeterSettings;
import org.meterbox.transform.electricity.Payment;
import org.meterbox.transform.electricity.RegisterReads;
import org.meterbox.transform.electricity.SupplyControl;
import org.meterbox.transform.electricity.Tariffs;
import org.meterbox.transform.electricity.Voltage;
import org.meterbox.transform.gas.GasAlertBehaviour;
import org.meterbox.transform.gas.GasControl;
import org.meterbox.transform.gas.GasReads;
import org.meterbox.transform.gas.GasSettings;
import org.meterbox.transform.gas.GasTariffs;
import org.meterbox.transform.hub.HubControl;

/** Translates Service Requests into the device language (DUIS to GBCS). */
public final class Transform {
  private static final Transform STANDARD =
      new Transform(
          ServiceRequestCatalogue.current(),
          Stream.of(
                  RegisterReads.MAPPINGS,
                  LogReads.MAPPINGS,
                  ConfigurationReads.MAPPINGS,
                  SupplyControl.MAPPINGS,
                  MeterSettings.MAPPINGS,
                  Voltage.MAPPINGS,
                  AlertBehaviour.MAPPINGS,
                  AuxiliaryControllers.MAPPINGS,
                  Payment.MAPPINGS,
                  Tariffs.MAPPINGS,
                  HubControl.MAPPINGS,
                  DeviceManagement.MAPPINGS,
                  RemotePartyCredentials.MAPPINGS,
                  GasReads.MAPPINGS,
                  GasControl.MAPPINGS,
                  GasTariffs.MAPPINGS,
                  GasSettings.MAPPINGS,
                  GasAlertBehaviour.MAPPINGS)
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

  /** Every mapping, for tests of all of them. */
  Stream<Mapping> mappings() {
    return mappings.values().stream().flatMap(List::stream);
  }

  /** The mapping that {@link #translate} uses. */
  public Optional<Mapping> mapping(TranslationRequest asked) {
    return mappings.getOrDefault(asked.request().serviceReferenceVariant(), List.of()).stream()
        .filter(mapping -> mapping.targets().contains(asked.device().type()))
        .filter(mapping -> mapping.condition().test(asked))
        .findFirst();
  }

  /**
   * Translates one request for one device.
   *
   * @param originator in whose name the command goes out
   */
  public TransformResult translate(TranslationRequest asked, BusinessOriginator originator) {
    ServiceReferenceVariant variant = asked.request().serviceReferenceVariant();
    DeviceType type = asked.device().type();
    Optional<ServiceRequestEntry> entry = catalogue.find(variant);
    if (entry.isEmpty() || !entry.get().targets().contains(type)) {
      return new Refused(
          ResponseCode.E11, String.format(Locale.ROOT, "%s cannot be sent to a %s", variant, type));
    }
    Optional<Refused> contradiction = contradiction(asked.request());
    if (contradiction.isPresent()) {
      return contradiction.get();
    }
    return mapping(asked)
        .map(mapping -> translate(asked, originator, mapping, entry.get().critical()))
        .orElseGet(() -> withoutMapping(variant, type));
  }

  /**
   * Why a request's header and body do not belong together, where they do not: the command would do
   * what one of them does not say (DUIS, request header validation).
   */
  public Optional<Refused> contradiction(ServiceRequest request) {
    ServiceReferenceVariant variant = request.serviceReferenceVariant();
    if (!variant.serviceReference().equals(request.serviceReference())) {
      return Optional.of(
          new Refused(
              ResponseCode.E12,
              String.format(
                  Locale.ROOT,
                  "Header/ServiceReference is %s, but ServiceReferenceVariant %s belongs to %s",
                  request.serviceReference(),
                  variant,
                  variant.serviceReference())));
    }
    return catalogue.find(variant).flatMap(entry -> contradiction(request, entry));
  }

  private static Optional<Refused> contradiction(
      ServiceRequest request, ServiceRequestEntry entry) {
    String element = request.body().localName();
    if (!entry.requestElement().equals(element)) {
      return Optional.of(
          new Refused(
              ResponseCode.E12,
              String.format(
                  Locale.ROOT,
                  "Body/%s is not a request for %s, which has the element %s",
                  element,
                  entry.variant(),
                  entry.requestElement())));
    }
    if (entry.critical() && request.commandVariant() != CommandVariant.TRANSFORM) {
      return Optional.of(
          new Refused(
              ResponseCode.E12,
              String.format(
                  Locale.ROOT,
                  "Header/CommandVariant is %d, which needs the element SignedPreCommand; %s becomes"
                      + " a Pre-Command with CommandVariant 4",
                  request.commandVariant().number(),
                  element)));
    }
    return Optional.empty();
  }

  /** Where there are mappings, the request's content is for another type of device. */
  private TransformResult withoutMapping(ServiceReferenceVariant variant, DeviceType type) {
    boolean translated =
        mappings.getOrDefault(variant, List.of()).stream()
            .anyMatch(mapping -> mapping.targets().contains(type));
    return translated
        ? new Refused(
            ResponseCode.E11,
            String.format(Locale.ROOT, "%s cannot ask a %s for this", variant, type))
        : new NotYetTranslated(
            String.format(
                Locale.ROOT,
                "this version of Meterbox does not translate %s for a %s yet",
                variant,
                type));
  }

  private static TransformResult translate(
      TranslationRequest asked, BusinessOriginator originator, Mapping mapping, boolean critical) {
    MessageId id = asked.request().requestId();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            originator.headerIdentity(id),
            originator.otherInformation(mapping.code(), id));
    try {
      Octets payload = mapping.payload().of(new Translation(asked, header));
      return critical
          ? new Critical(new PreCommand(GroupedContent.unsigned(header, payload)))
          : new NonCritical(
              new UnsecuredCommand(GroupedContent.withEmptySignature(header, payload)));
    } catch (ElementException lacking) {
      return new Refused(
          ResponseCode.E11,
          String.format(
              Locale.ROOT,
              "no command for %s can be made of %s",
              asked.device().type(),
              lacking.getMessage()));
    } catch (UntranslatableException unknown) {
      return new Refused(unknown.code(), String.valueOf(unknown.getMessage()));
    }
  }
}
