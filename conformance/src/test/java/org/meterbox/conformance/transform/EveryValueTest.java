// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.transform.Places.Place;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.NonCritical;
import org.meterbox.transform.TransformResult.NotYetTranslated;
import org.meterbox.transform.TransformResult.Refused;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationRequest;

/**
 * What goes into a request comes out of the message. Requests of every variant are drawn from the
 * schema and translated for every type of device; then one of their values is changed, and the
 * decoders of the device language must find the new value where the old message differs. Nothing
 * here knows the transform's tables.
 */
class EveryValueTest {
  private static final long SEED = Long.getLong("meterbox.transform.seed", 20_260_705);

  /** Requests of each variant for each type of device; the long run names more. */
  private static final int REQUESTS = Integer.getInteger("meterbox.transform.requests", 8);

  /** Rare variants are not waited for without end. */
  private static final int DRAWS = 1_000 + REQUESTS * 600;

  private static final int CHANGES = 12;
  private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, SortedSet<String>> values = new HashMap<>();
  private final Set<String> translated = new TreeSet<>();
  private final Map<String, Integer> turns = new HashMap<>();
  private final Map<String, Integer> changed = new HashMap<>();
  private final Map<String, String> faults = new TreeMap<>();
  private int messages;
  private int refusals;
  private int changes;

  @Test
  void whatGoesInComesOut() throws DecodeException {
    Set<String> expected = new TreeSet<>();
    for (ServiceRequest request : drawn()) {
      ServiceRequestEntry entry = entry(request);
      for (DeviceType type : entry.targets()) {
        expected.add(entry.variant() + " " + type);
        check(request, type);
      }
    }

    System.out.printf(
        Locale.ROOT,
        "transform: %d variants and types of device, %d messages, %d refusals, %d changed values"
            + " (seed %d)%n",
        expected.size(),
        messages,
        refusals,
        changes,
        SEED);
    assertThat(faults).isEmpty();
    expected.removeAll(translated);
    assertThat(expected).as("never translated").isEmpty();
  }

  private static ServiceRequestEntry entry(ServiceRequest request) {
    return ServiceRequestCatalogue.current()
        .findByRequestElement(request.body().localName())
        .orElseThrow();
  }

  /** So many of each variant for each type of device, with all their values taken down. */
  private List<ServiceRequest> drawn() {
    DrawnRequests drawn = new DrawnRequests(random);
    List<ServiceRequest> requests = new ArrayList<>();
    Map<String, Integer> found = new HashMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      ServiceRequest next = drawn.next();
      Optional<ServiceRequestEntry> entry =
          ServiceRequestCatalogue.current().findByRequestElement(next.body().localName());
      if (entry.isPresent() && isWanted(entry.get(), found)) {
        ServiceRequest request = with(next, entry.get(), drawn.sensible(next.body()));
        requests.add(request);
        for (Place place : Places.of(request.body())) {
          values.computeIfAbsent(place.kind(), kind -> new TreeSet<>()).add(place.value());
        }
        for (DeviceType type : entry.get().targets()) {
          if (!(result(subject(request, type)) instanceof Refused)) {
            found.merge(entry.get().variant() + " " + type, 1, Integer::sum);
          }
        }
      }
    }
    return requests;
  }

  private static boolean isWanted(ServiceRequestEntry entry, Map<String, Integer> found) {
    return entry.targets().stream()
        .anyMatch(type -> found.getOrDefault(entry.variant() + " " + type, 0) < REQUESTS);
  }

  /** All values that were drawn of a place's kind. */
  private SortedSet<String> valuesOf(Place place) {
    return values.getOrDefault(place.kind(), new TreeSet<>());
  }

  private static ServiceRequest with(
      ServiceRequest request, ServiceRequestEntry entry, XmlElement body) {
    return new ServiceRequest(
        request.requestId(),
        entry.critical() ? CommandVariant.TRANSFORM : request.commandVariant(),
        entry.serviceReference(),
        entry.variant(),
        request.firstInSequence(),
        request.precedingRequestId(),
        request.schemaVersion(),
        body,
        request.signature(),
        request.asReceived());
  }

  private void check(ServiceRequest request, DeviceType type) throws DecodeException {
    TranslationRequest subject = subject(request, type);
    Optional<List<String>> before = translate(subject);
    if (before.isEmpty()) {
      return;
    }
    translated.add(request.serviceReferenceVariant() + " " + type);
    List<Place> places = Places.of(request.body());
    for (int change = 0; change < CHANGES && !places.isEmpty(); change++) {
      Place place = leastChanged(places, type);
      List<String> others = List.copyOf(valuesOf(place));
      String value = others.get(random.nextInt(others.size()));
      if (!ValueForms.same(value, place.value())) {
        XmlElement body = Places.replace(request.body(), place, value);
        TranslationRequest changed =
            new TranslationRequest(
                with(request, entry(request), body), subject.device(), subject.context());
        Optional<List<String>> after = translate(changed);
        if (after.isPresent()) {
          changes++;
          compare(changed, place, value, before.get(), after.get());
        }
      }
    }
  }

  /** Of a kind of value that has seldom been changed for this type of device. */
  private Place leastChanged(List<Place> places, DeviceType type) {
    Place least = places.get(random.nextInt(places.size()));
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(random.nextInt(places.size()));
      if (changed(place, type) < changed(least, type)) {
        least = place;
      }
    }
    changed.merge(least.kind() + type, 1, Integer::sum);
    return least;
  }

  private int changed(Place place, DeviceType type) {
    return changed.getOrDefault(place.kind() + type, 0);
  }

  private void compare(
      TranslationRequest subject,
      Place place,
      String value,
      List<String> before,
      List<String> after) {
    List<String> added = new ArrayList<>(after);
    before.forEach(added::remove);
    String key = place.kind() + " for a " + subject.device().type();
    if (before.equals(after)) {
      if (!Unsent.is(subject, place.kind())) {
        faults.put(
            key, String.format(Locale.ROOT, "%s -> %s changes nothing", place.value(), value));
      }
    } else if (!ValueForms.isCoded(place.kind(), valuesOf(place))
        && !ValueForms.isSeen(value, added)) {
      faults.put(key, String.format(Locale.ROOT, "%s -> %s gives %s", place.value(), value, added));
    }
  }

  private TranslationRequest subject(ServiceRequest request, DeviceType type) {
    TargetDevice device =
        new TargetDevice(
            request.requestId().target(),
            type,
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean() ? Generation.EARLIER : Generation.CURRENT);
    return new TranslationRequest(request, device, supplement(request, type));
  }

  private TranslationContext supplement(ServiceRequest request, DeviceType type) {
    // The types take turns, so that each variant meets all that it may name.
    int turn = turns.merge(request.serviceReferenceVariant() + " " + type, 1, Integer::sum);
    List<DeviceType> types = List.of(DeviceType.values());
    DeviceType other = types.get(turn % types.size());
    Map<Eui64, NamedDevice> inventory = new LinkedHashMap<>();
    for (Place place : Places.of(request.body())) {
      if (place.kind().endsWith("DeviceID")) {
        for (String device : valuesOf(place)) {
          inventory.put(
              Eui64.parse(device), new NamedDevice(other, Optional.of(Octets.ofHex("3000"))));
        }
      }
    }
    return TranslationContext.at(NOW)
        .requestedBy(random.nextBoolean() ? UserRole.IS : UserRole.ED)
        .withCustomerIdentificationNumber(Octets.ofHex("30303437"))
        .knowing(inventory)
        .restoring(type == DeviceType.CHF ? ReferencePeers.HUB_LOG : ReferencePeers.GAS_PROXY_LOG);
  }

  /** The message's values, or none where the request is refused with a code that says why. */
  private Optional<List<String>> translate(TranslationRequest subject) throws DecodeException {
    TransformResult result =
        Transform.standard().translate(subject, new BusinessOriginator.KnownRemoteParty());
    return switch (result) {
      case Critical critical -> Optional.of(values(critical.preCommand().content()));
      case NonCritical nonCritical -> Optional.of(values(nonCritical.command().content()));
      case Refused(ResponseCode code, String reason) -> {
        refusals++;
        assertThat(code).as(reason).isIn(ResponseCode.E11, ResponseCode.E19);
        yield Optional.empty();
      }
      case NotYetTranslated(String reason) -> throw new AssertionError(reason);
    };
  }

  private static TransformResult result(TranslationRequest subject) {
    return Transform.standard().translate(subject, new BusinessOriginator.KnownRemoteParty());
  }

  private List<String> values(GroupedContent content) throws DecodeException {
    messages++;
    return PayloadValues.of(content);
  }
}
