// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.duis.xml.XmlParser;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns MMC documents of Parse and Correlate into JSON. A value with its unit becomes {@code
 * {"value": 12, "unit": "Wh"}}; what MMC may repeat is always a list; numbers and truth values are
 * such.
 */
public final class MmcJson {
  /**
   * The elements that the MMC schema V5.4 lets stand more than once, beside those whose name ends
   * in Entry. Only the names are the schema's.
   */
  private static final Set<String> REPEATED =
      words(
          """
          ALCSHCALCSSpecialDay ALCSScheduler AuxiliaryControllerDescription
          AuxiliaryControllerOperationalData AuxiliaryControllerSchedule
          AuxiliaryControllerSpecialDayDefinition AuxiliaryLoadControlSwitch BlockPrice
          BlockRegisterMatrixValue BlockThreshold COSEMResponse CounterMatrixTOUValue
          DayOfWeekApplicability DayProfile ElecTariffThresholds ElectricityNonDisablementSchedule
          GBCSData GasNonDisablementDayProfile LogEntryConsumptionAndTariffRegistersData
          LogEntryConsumptionRegister LogEntryPrepaymentData PhaseVoltageOperationalData
          PolyPhaseVoltageSettings ProfileSchedule ReferencedDay ReferencedDayName
          ReferencedElecDay RegisterMatrixTOUValue RemotePartyDetails ReplacementOutcome
          RestoreDeviceLogOutcome SMETS1Response Season SecondaryTariffTOURegisterMatrixValue
          SpecialDay SpecialDayApplicability SpecialDaysApplicability TOUPrimaryRegisterValue
          TOURegisterMatrixValue TOUSecondRegisterValue TariffBlock TariffBlockCounterMatrix
          TariffBlockCounterValue TariffBlockPrices TariffTOUBlock1RegisterMatrixValue
          TariffTOUBlock2RegisterMatrixValue TariffTOUBlock3RegisterMatrixValue
          TariffTOUBlock4RegisterMatrixValue TariffTOUPrice TariffTOURegisterMatrixValue
          TimeStartAction WeekProfile ZIGBEEClusterResponse ZIGBEECommandResponse
          ZIGBEEDataResponse
          """);

  /**
   * Names of values that may consist of digits and are no numbers: identifiers keep their leading
   * zeros, and what is text in one answer is text in every other. Names of the MMC schema V5.4.
   */
  private static final Pattern TEXT =
      Pattern.compile(
          "ServiceReference|ServiceReferenceVariant|Error|FrameControl|MessageCodeofCommandReceived"
              + "|MeterVariant|ModelType|OtherInformation|StateAndAssociatedInformation"
              + "|DeviceSecurityDetails"
              + "|.*(ID|Id|Code|MPAN|MPRN|MPxN|UTRN|PIN|Version|Name|Model|Identifier|Description"
              + "|Meaning|Hash)");

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,12})?");

  private static final String VALUE = "Value";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final XmlParser PARSER = XmlParser.wellFormed(XmlLimits.DUIS);

  private MmcJson() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The JSON form: {@code header}, and {@code response} with the name of the answer and its values,
   * or {@code alert}.
   *
   * @param document an MMC document
   * @throws IllegalArgumentException where it is none
   */
  public static ObjectNode of(Octets document) {
    XmlElement root =
        switch (PARSER.parse(document)) {
          case XmlParser.Tree(var tree, var _) -> XmlTree.of(tree.getDocumentElement());
          case XmlParser.NotXml(var refusal) ->
              throw new IllegalArgumentException("no MMC document: " + refusal);
        };
    ObjectNode json = NODES.objectNode();
    root.find("Header").ifPresent(header -> json.set("header", json(header)));
    root.find("Body")
        .flatMap(body -> body.children().stream().findFirst())
        .ifPresent(message -> {
          if (message.localName().equals("ResponseMessage")) {
            json.set("response", response(message));
          } else {
            json.set("alert", json(message));
          }
        });
    return json;
  }

  private static ObjectNode response(XmlElement message) {
    ObjectNode response = NODES.objectNode();
    Optional<XmlElement> answer =
        message.find("SMETSData").flatMap(data -> data.children().stream().findFirst());
    if (answer.isPresent()) {
      XmlElement named = answer.get();
      response.put("name", named.localName());
      named
          .attribute("MessageSuccess")
          .ifPresent(success -> response.put("success", Boolean.parseBoolean(success)));
      JsonNode values = json(named);
      if (values instanceof ObjectNode object) {
        object.remove("MessageSuccess");
      }
      response.set("values", values);
    } else {
      response.set("values", json(message));
    }
    return response;
  }

  private static JsonNode json(XmlElement element) {
    if (element.children().isEmpty()) {
      JsonNode scalar = scalar(element.localName(), element.text());
      if (element.attributes().isEmpty()) {
        return scalar;
      }
      ObjectNode object = attributes(element);
      if (!element.text().isEmpty()) {
        object.set("value", scalar);
      }
      return object;
    }
    Optional<ObjectNode> measured = measured(element);
    if (measured.isPresent()) {
      return measured.get();
    }
    ObjectNode object = attributes(element);
    Map<String, Long> counts =
        element.children().stream()
            .collect(Collectors.groupingBy(XmlElement::localName, Collectors.counting()));
    for (XmlElement child : element.children()) {
      String name = child.localName();
      if (isRepeated(name) || counts.getOrDefault(name, 1L) > 1) {
        ArrayNode list =
            object.get(name) instanceof ArrayNode begun ? begun : object.putArray(name);
        list.add(json(child));
      } else {
        object.set(name, json(child));
      }
    }
    return object;
  }

  private static boolean isRepeated(String name) {
    return REPEATED.contains(name) || name.endsWith("Entry");
  }

  /** A value and its unit, where the element holds nothing else. */
  private static Optional<ObjectNode> measured(XmlElement element) {
    List<XmlElement> parts = element.children();
    if (parts.size() != 2
        || !parts.get(0).localName().equals(VALUE)
        || !parts.get(1).localName().endsWith("Unit")) {
      return Optional.empty();
    }
    ObjectNode object = attributes(element);
    object.set("value", scalar(VALUE, parts.get(0).text()));
    object.put("unit", parts.get(1).text());
    return Optional.of(object);
  }

  private static ObjectNode attributes(XmlElement element) {
    ObjectNode object = NODES.objectNode();
    element.attributes().forEach((name, value) -> object.set(name, scalar(name, value)));
    return object;
  }

  private static JsonNode scalar(String name, String text) {
    if (text.equals("true") || text.equals("false")) {
      return NODES.booleanNode(text.equals("true"));
    }
    if (!TEXT.matcher(name).matches() && NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      return number.scale() == 0
          ? NODES.numberNode(number.toBigIntegerExact())
          : NODES.numberNode(number);
    }
    return NODES.stringNode(text);
  }
}
