// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.alerts.AlertView;
import org.meterbox.portal.devices.DeviceDetails;
import org.meterbox.portal.devices.DeviceFilter;
import org.meterbox.portal.devices.DeviceSummary;
import org.meterbox.portal.home.HomeView;
import org.meterbox.portal.overview.SystemStatus;
import org.meterbox.portal.page.QueryText;
import org.meterbox.portal.page.SearchView;
import org.meterbox.portal.page.Templates;
import org.meterbox.portal.requests.RequestTrace;
import org.meterbox.portal.web.Htmx;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.Script;
import org.meterbox.portal.web.Stylesheet;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Refusal;

/** The pages for whoever runs the system. They show everything and change nothing. */
final class OperationsPages {
  private final OperationsData data;
  private final SystemStatus status;

  OperationsPages(OperationsData data, SystemStatus status) {
    this.data = data;
    this.status = status;
  }

  List<Route> routes() {
    return List.of(
        Stylesheet.route(),
        Script.route(),
        Htmx.route(),
        Route.open(
            OperationsSite.OVERVIEW,
            _ -> OperationsSite.page("/", "Overview", "overview", status.look())),
        Route.open("/overview/live", _ -> Templates.part("overviewLive", status.look())),
        Route.open("/search", this::search),
        Route.open(
            "/requests",
            visit ->
                OperationsSite.page(
                    OperationsSite.REQUESTS,
                    "Requests",
                    "requests",
                    data.requests(visit, OperationsData.PAGE))),
        Route.open(
            "/requests.csv",
            visit ->
                OperationsFiles.requests(
                    data.requests(visit, OperationsData.fileSize()).list().requests())),
        Route.open("/requests/{id}", this::request),
        Route.open("/requests/{id}/{file}", this::document),
        Route.open(
            "/devices",
            visit ->
                OperationsSite.page(
                    OperationsSite.DEVICES,
                    "Devices",
                    "devices",
                    data.devices(visit, OperationsData.PAGE))),
        Route.open(
            "/devices.csv",
            visit ->
                OperationsFiles.devices(
                    data.devices(visit, OperationsData.fileSize()).list().devices())),
        Route.open("/devices/{id}", this::device),
        Route.open("/homes/{hub}", this::home),
        Route.open(
            "/alerts",
            visit ->
                OperationsSite.page(
                    OperationsSite.ALERTS,
                    "Alerts",
                    "alerts",
                    data.alerts(visit, OperationsData.PAGE))),
        Route.open(
            "/alerts.csv",
            visit ->
                OperationsFiles.alerts(
                    data.alerts(visit, OperationsData.fileSize()).list().alerts())),
        Route.open("/alerts/{id}/{digest}", this::alert),
        Route.open(
            "/users",
            _ -> OperationsSite.page(OperationsSite.USERS, "Users", "users", data.users().all())),
        Route.open("/users.csv", _ -> OperationsFiles.users(data.users().all())));
  }

  private Reply request(Visit visit) throws TurnedAwayException {
    RequestTrace trace = data.request(visit);
    return OperationsSite.page(
        OperationsSite.REQUESTS, "Request " + trace.request().service(), "request", trace);
  }

  private Reply document(Visit visit) throws TurnedAwayException {
    MessageId id = OperationsData.requestId(visit.path());
    String file = visit.path().get("file");
    String name = file.endsWith(".xml") ? file.substring(0, file.length() - 4) : "";
    Optional<Octets> octets = data.traces().document(id, name);
    return octets
        .map(found -> Reply.octets(200, "application/xml", found).asFile(name + ".xml"))
        .orElseThrow(() ->
            new TurnedAwayException(
                Refusal.Kind.NOT_FOUND,
                "KNOWN",
                "the data systems have stored the document",
                "the request has no document of that name"));
  }

  private Reply device(Visit visit) throws TurnedAwayException {
    DeviceDetails details = data.device(visit);
    String title = details.device().type() + " " + details.device().id();
    return OperationsSite.page(OperationsSite.DEVICES, title, "device", details);
  }

  private Reply home(Visit visit) throws TurnedAwayException {
    HomeView home = data.home(visit);
    return OperationsSite.page(OperationsSite.DEVICES, "Home " + home.hub(), "home", home);
  }

  private Reply alert(Visit visit) throws TurnedAwayException {
    AlertView alert = data.alert(visit);
    String title = "Alert " + alert.alert().code().orElse("without a code");
    return OperationsSite.page(OperationsSite.ALERTS, title, "alert", alert);
  }

  /** To the page of what has this identifier. */
  private Reply search(Visit visit) {
    String wanted = visit.query().find("q").orElse("");
    return place(wanted)
        .map(Reply::seeOther)
        .orElseGet(
            () -> OperationsSite.page("", "Nothing found", "search", new SearchView(wanted)));
  }

  private Optional<String> place(String wanted) {
    Optional<String> request =
        requestId(wanted)
            .filter(id -> data.traces().find(id).isPresent())
            .map(id -> "/requests/" + id);
    return request.or(() -> eui(wanted).flatMap(this::placeOf)).or(() -> meterPoint(wanted));
  }

  private Optional<String> placeOf(Eui64 id) {
    Optional<DeviceSummary> device = data.devices().find(id);
    if (device.isPresent()) {
      return Optional.of("/devices/" + id.dashed());
    }
    return data.users().find(id).isPresent()
        ? Optional.of(QueryText.NONE.with("user", id.dashed()).on("/requests"))
        : Optional.empty();
  }

  private Optional<String> meterPoint(String wanted) {
    if (!DeviceFilter.isMpxn(wanted)) {
      return Optional.empty();
    }
    return data
        .devices()
        .find(DeviceFilter.ofMeterPoint(wanted), Optional.empty(), 1)
        .devices()
        .stream()
        .findFirst()
        .map(device ->
            device
                .hub()
                .map(hub -> "/homes/" + hub.dashed())
                .orElse("/devices/" + device.id().dashed()));
  }

  private static Optional<MessageId> requestId(String text) {
    try {
      return Optional.of(MessageId.parse(text));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Eui64> eui(String text) {
    try {
      return Optional.of(Eui64.parse(text));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
