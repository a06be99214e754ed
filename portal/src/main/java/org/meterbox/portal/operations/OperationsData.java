// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.alerts.AlertSearch;
import org.meterbox.portal.alerts.AlertView;
import org.meterbox.portal.alerts.AlertsView;
import org.meterbox.portal.devices.DeviceDetails;
import org.meterbox.portal.devices.DeviceFilter;
import org.meterbox.portal.devices.DeviceSearch;
import org.meterbox.portal.devices.DevicesView;
import org.meterbox.portal.home.HomeView;
import org.meterbox.portal.home.Homes;
import org.meterbox.portal.page.CsvText;
import org.meterbox.portal.page.PagePosition;
import org.meterbox.portal.requests.DeviceMessage;
import org.meterbox.portal.requests.RequestFilter;
import org.meterbox.portal.requests.RequestList;
import org.meterbox.portal.requests.RequestSearch;
import org.meterbox.portal.requests.RequestTrace;
import org.meterbox.portal.requests.RequestTraces;
import org.meterbox.portal.requests.RequestsView;
import org.meterbox.portal.users.UserSearch;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.repository.CertificateRepository;

/** What an address asks for, as pages and the API both show it. */
final class OperationsData {
  /** Entries of one page of a list. */
  static final int PAGE = 50;

  /** Entries of one page that the API gives at most. */
  static final int PAGE_MAX = 500;

  /** Entries of lists within a device's page. */
  private static final int LATEST = 10;

  private final RequestSearch requests;
  private final RequestTraces traces;
  private final DeviceSearch devices;
  private final AlertSearch alerts;
  private final UserSearch users;
  private final Homes homes;
  private final CertificateRepository certificates;
  private final InstantSource clock;

  OperationsData(OperationsSources sources) {
    requests = new RequestSearch(sources.store());
    traces = new RequestTraces(sources.store());
    devices = new DeviceSearch(sources.store());
    alerts = new AlertSearch(sources.store());
    users = new UserSearch(sources.store());
    homes = new Homes(devices, sources.meters());
    certificates = sources.certificates();
    clock = sources.clock();
  }

  UserSearch users() {
    return users;
  }

  DeviceSearch devices() {
    return devices;
  }

  RequestTraces traces() {
    return traces;
  }

  RequestsView requests(Visit visit, int size) throws TurnedAwayException {
    Fields query = visit.query();
    RequestFilter filter = RequestFilter.of(query);
    Optional<String> page = query.find("page");
    RequestList list = requests.find(filter, page, size);
    return new RequestsView(OperationsSite.REQUESTS, filter, list, users.all(), page.isEmpty());
  }

  RequestTrace request(Visit visit) throws TurnedAwayException {
    MessageId id = requestId(visit.path());
    return traces
        .find(id)
        .orElseThrow(() ->
            new TurnedAwayException(
                Refusal.Kind.NOT_FOUND,
                "KNOWN",
                "the data systems have stored the request",
                "no request has the identifier " + id));
  }

  static MessageId requestId(Fields path) throws TurnedAwayException {
    try {
      return MessageId.parse(path.get("id"));
    } catch (IllegalArgumentException malformed) {
      throw TurnedAwayException.parameter(
          "id", "a Request ID: originator, target and counter joined by colons");
    }
  }

  DevicesView devices(Visit visit, int size) throws TurnedAwayException {
    Fields query = visit.query();
    DeviceFilter filter = DeviceFilter.of(query);
    Optional<Eui64> after = query.findEui("after");
    return new DevicesView(
        OperationsSite.DEVICES, filter, devices.find(filter, after, size), after.isEmpty());
  }

  DeviceDetails device(Visit visit) throws TurnedAwayException {
    Eui64 id = visit.path().getEui("id");
    var device =
        devices
            .find(id)
            .orElseThrow(() ->
                new TurnedAwayException(
                    Refusal.Kind.NOT_FOUND,
                    "KNOWN",
                    "the device is in the Smart Metering Inventory",
                    "no device has the identifier " + id));
    RequestFilter toIt =
        new RequestFilter(
            Optional.empty(),
            Optional.of(id),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RequestFilter.Order.NEWEST);
    return new DeviceDetails(
        device,
        devices.history(id),
        devices.holders(id),
        certificates(id),
        requests.find(toIt, Optional.empty(), LATEST).requests(),
        alerts.find(Optional.of(id), Optional.empty(), LATEST).alerts());
  }

  private List<DeviceDetails.Certificate> certificates(Eui64 id) {
    return certificates.findBySubject(id).stream()
        .limit(PAGE)
        .map(record ->
            new DeviceDetails.Certificate(
                record.id().serial().toString(16),
                DeviceSearch.words(record.use().name()),
                DeviceSearch.words(record.statusAt(clock.instant()).name()),
                record.certificate().getNotBefore().toInstant()))
        .toList();
  }

  AlertsView alerts(Visit visit, int size) throws TurnedAwayException {
    Fields query = visit.query();
    Optional<Eui64> device = query.findEui("device");
    Optional<PagePosition> page = PagePosition.parse(query.find("page"));
    return new AlertsView(
        OperationsSite.ALERTS, device, alerts.find(device, page, size), page.isEmpty());
  }

  AlertView alert(Visit visit) throws TurnedAwayException {
    Eui64 device = visit.path().getEui("id");
    Octets digest = digest(visit.path().get("digest"));
    AlertSearch.Received found =
        alerts
            .find(device, digest)
            .orElseThrow(() ->
                new TurnedAwayException(
                    Refusal.Kind.NOT_FOUND,
                    "KNOWN",
                    "the data systems have received the message",
                    String.format(Locale.ROOT, "no message of %s has that digest", device)));
    return new AlertView(
        found.summary(),
        DeviceMessage.of("GBCS Alert", found.summary().received(), found.octets()));
  }

  /** SHA-256 has 32 octets. */
  private static Octets digest(String text) throws TurnedAwayException {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw TurnedAwayException.parameter("digest", "64 hexadecimal digits");
    }
    return Octets.ofHex(text);
  }

  HomeView home(Visit visit) throws TurnedAwayException {
    Eui64 hub = visit.path().getEui("hub");
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate day = day(visit.query(), today);
    return homes
        .find(hub, day)
        .orElseThrow(() ->
            new TurnedAwayException(
                Refusal.Kind.NOT_FOUND,
                "KNOWN",
                "the inventory has devices of the home",
                "no device belongs to a hub " + hub));
  }

  private static LocalDate day(Fields query, LocalDate today) throws TurnedAwayException {
    Optional<String> text = query.find("day");
    if (text.isEmpty()) {
      return today;
    }
    try {
      LocalDate day = LocalDate.parse(text.get());
      if (day.getYear() >= 2000 && day.getYear() < 2100) {
        return day;
      }
    } catch (DateTimeParseException notOne) {
      // Falls through to the same answer as a day of another century.
    }
    throw TurnedAwayException.parameter("day", "a day of this century, for example 2026-11-30");
  }

  /** How many entries of a list a program wants. */
  static int size(Visit visit) throws TurnedAwayException {
    return visit.query().findNumber("size", 1, PAGE_MAX).map(Math::toIntExact).orElse(PAGE);
  }

  /** Entries of a list for a file. */
  static int fileSize() {
    return CsvText.LINES_MAX;
  }
}
