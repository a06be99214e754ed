// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.web.BatchInbox;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.FormFile;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.SubmittedDer;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.BatchResultsFile;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Outcome;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.desk.RequestDesk;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.issuing.BatchResult;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.profile.CellUsage;

/** Requests for certificates: one by form, many by file. */
final class RequestPages {
  /** Refusals that a batch's page shows; the file has all. */
  private static final int REFUSALS_SHOWN = 20;

  private static final String DEVICE_CONFIGURATION =
      """
      [req]
      prompt = no
      distinguished_name = nobody
      req_extensions = wish
      [nobody]
      [wish]
      keyUsage = critical, digitalSignature
      subjectAltName = critical, otherName:1.3.6.1.5.5.7.8.4;SEQUENCE:module
      [module]
      type = OID:1.2.826.0.1.8641679.1.2.2.1
      serial = FORMAT:HEX,OCTETSTRING:00DB123456789001
      """;

  private final Desks desks;
  private final BatchInbox inbox;

  RequestPages(Desks desks, BatchInbox inbox) {
    this.desks = desks;
    this.inbox = inbox;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/requests", visit -> overview(200, visit.person(), Html.NONE, new Draft())),
        Route.post("/requests", this::request),
        Route.post("/requests/non-gateway", this::requestForNonGatewaySupplier),
        Route.post("/requests/batches", this::submitBatch),
        Route.get("/batches/{id}", this::batch),
        Route.get("/batches/{id}/results", this::results));
  }

  /** What somebody had entered, so that a refusal costs no typing. */
  private record Draft(String csr, boolean topUp, String supplier, String reference) {
    Draft() {
      this("", false, "", "");
    }

    static Draft of(Fields form) {
      return new Draft(
          form.find("csr").orElse(""),
          form.find("cellUsage").equals(Optional.of(CellUsage.PREPAYMENT_TOP_UP.name())),
          form.find("supplier").orElse(""),
          form.find("reference").orElse(""));
    }
  }

  private Reply request(Visit visit) throws TurnedAwayException, IOException {
    Fields form = visit.form();
    return answered(
        visit.person(),
        form,
        () -> desks.requests().request(visit.person(), csr(form), cellUsage(form)));
  }

  private Reply requestForNonGatewaySupplier(Visit visit) throws TurnedAwayException, IOException {
    Fields form = visit.form();
    return answered(
        visit.person(),
        form,
        () -> {
          Eui64 supplier = form.getEui("supplier");
          return desks
              .requests()
              .requestForNonGatewaySupplier(
                  visit.person(), supplier, form.get("reference"), csr(form), cellUsage(form));
        });
  }

  private interface Request {
    Outcome<Issuance.Issued> make() throws TurnedAwayException;
  }

  /** A refusal, whether of the form or of the request, leads back to what was entered. */
  private Reply answered(Person person, Fields form, Request request) {
    try {
      return request
          .make()
          .fold(
              issued ->
                  Reply.seeOther(
                      String.format(
                          Locale.ROOT,
                          "/certificates/%s?done=issued",
                          issued.record().id().serial().toString(16))),
              refusal -> again(person, form, refusal));
    } catch (TurnedAwayException e) {
      return again(person, form, e.refusal());
    }
  }

  private Reply again(Person person, Fields form, Refusal refusal) {
    return overview(refusal.kind().status(), person, Pieces.refused(refusal), Draft.of(form));
  }

  private static Octets csr(Fields form) throws TurnedAwayException {
    return SubmittedDer.request(Octets.of(form.get("csr").getBytes(StandardCharsets.US_ASCII)));
  }

  private static CellUsage cellUsage(Fields form) throws TurnedAwayException {
    return form.findOne("cellUsage", CellUsage.class).orElse(CellUsage.MANAGEMENT);
  }

  private Reply submitBatch(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    try (InputStream body = visit.stream();
        InputStream file = FormFile.open(visit.contentType(), body, "file")) {
      return inbox
          .receive(file, path -> desks.requests().submitBatch(person, path))
          .fold(
              batch -> Reply.seeOther("/batches/" + batch.id()),
              refusal ->
                  overview(refusal.kind().status(), person, Pieces.refused(refusal), new Draft()));
    }
  }

  private Reply overview(int status, Person person, Html note, Draft draft) {
    return desks
        .requests()
        .batches(person)
        .fold(
            batches ->
                Reply.page(
                    status,
                    Frame.page(
                        Optional.of(person),
                        Frame.Place.REQUESTS,
                        "Requests",
                        Html.join(
                            Pieces.heading(
                                "Requests",
                                "Certificates for your organisation and its devices, one at a"
                                    + " time or by the file."),
                            note,
                            forms(person, draft),
                            batches(batches)))),
            refusal -> Portal.FACE.refusal(Optional.of(person), refusal));
  }

  private static Html forms(Person person, Draft draft) {
    return Html.join(
        Html.when(
            person.duty().allows(Act.REQUEST_CERTIFICATES),
            Html.of("<div class=\"pair\">{}{}</div>", single(draft), upload())),
        Html.when(person.duty().allows(Act.REQUEST_FOR_NON_GATEWAY_SUPPLIERS), nonGateway(draft)));
  }

  private static Html single(Draft draft) {
    return Html.of(
        """
        <section class="card"><h2>One certificate</h2>
        <form class="fields" method="post" action="/requests">
        {}
        <div class="actions"><button>Request certificate</button></div>
        </form>
        <details><summary>How to make one for a device</summary>
        <p>With a file <code>device.cnf</code> like this one:</p>
        <pre>{}</pre>
        <p>these commands make a key and a request:</p>
        <pre>openssl ecparam -name prime256v1 -genkey -noout -out key.pem
        openssl req -new -key key.pem -config device.cnf -subj / -out request.pem</pre>
        </details></section>
        """,
        requestFields(draft, "csr"),
        DEVICE_CONFIGURATION);
  }

  private static Html requestFields(Draft draft, String id) {
    return Html.of(
        """
        <div><label for="{}">Certificate request
        <small>PKCS#10 in PEM or Base64, P-256, exactly one key usage</small></label>
        <textarea id="{}" name="csr" required spellcheck="false" autocomplete="off"
         placeholder="-----BEGIN CERTIFICATE REQUEST-----">{}</textarea></div>
        <div><label for="{}-usage">What the key is for
        <small>Top-ups are for a supplier's key agreement key only</small></label>
        <select id="{}-usage" name="cellUsage">{}{}</select></div>
        """,
        id,
        id,
        draft.csr(),
        id,
        id,
        Pieces.option("MANAGEMENT", "Management: all commands and responses", !draft.topUp()),
        Pieces.option("PREPAYMENT_TOP_UP", "Prepayment top-ups", draft.topUp()));
  }

  private static Html upload() {
    return Html.of(
        """
        <section class="card"><h2>A batch for devices</h2>
        <form class="fields" method="post" action="/requests/batches" enctype="multipart/form-data">
        <div><label for="file">Batch file
        <small>One request a line, Base64 of the DER; lines that begin with # do not count</small></label>
        <input id="file" type="file" name="file" required accept=".txt,.csr,.b64,text/plain"></div>
        <p class="soft">Up to {} requests and {} MiB. Once the file is in, nothing gets lost:
        the work goes on by itself, and the same file again leads to the same batch.</p>
        <div class="actions"><button>Hand in batch</button></div>
        </form></section>
        """,
        String.format(Locale.ROOT, "%,d", BatchDesk.REQUESTS_MAX),
        BatchInbox.FILE_OCTETS_MAX >> 20);
  }

  private static Html nonGateway(Draft draft) {
    return Html.of(
        """
        <section class="card"><h2>For a Non-Gateway Supplier</h2>
        <p>A supplier without a DCC Gateway connection sends its request by other means. Check the
        sender against the registration, then enter it here.</p>
        <form class="fields" method="post" action="/requests/non-gateway">
        <div><label for="supplier">Supplier's EUI-64</label>
        <input class="id" id="supplier" name="supplier" required value="{}"
         placeholder="90-B3-D5-1F-30-01-00-00" autocomplete="off" spellcheck="false"></div>
        <div><label for="reference">Reference of its message
        <small>How to find it again, for example sender and date; at most {} characters</small></label>
        <input id="reference" name="reference" required maxlength="{}" value="{}"></div>
        {}
        <div class="actions"><button>Request certificate</button></div>
        </form></section>
        """,
        draft.supplier(),
        RequestDesk.REFERENCE_LENGTH_MAX,
        RequestDesk.REFERENCE_LENGTH_MAX,
        draft.reference(),
        requestFields(draft, "ngs-csr"));
  }

  private static Html batches(List<BatchProgress> batches) {
    if (batches.isEmpty()) {
      return Html.of(
          """
          <section class="card"><h2>Batches</h2>
          <div class="empty"><p>No batch was handed in yet. Here you will see how each comes along,
          and fetch its certificates.</p></div></section>
          """);
    }
    return Html.of(
        """
        <section class="card"><h2>Batches</h2>
        <table class="stacks"><caption>The latest first, {} at most</caption>
        <thead><tr><th scope="col">Batch</th><th scope="col">Handed in</th><th scope="col">By</th>
        <th scope="col" class="number">Requests</th><th scope="col" class="number">Certificates</th>
        <th scope="col">State</th></tr></thead><tbody>{}</tbody></table></section>
        """,
        BatchDesk.LIST_MAX,
        Html.each(batches, RequestPages::row));
  }

  private static Html row(BatchProgress batch) {
    return Html.of(
        """
        <tr><td data-label="Batch"><a class="id" href="/batches/{}">{}</a></td>
        <td data-label="Handed in">{}</td><td data-label="By">{}</td>
        <td data-label="Requests" class="number">{}</td>
        <td data-label="Certificates" class="number">{}</td><td data-label="State">{}</td></tr>
        """,
        batch.id(),
        batch.id().toString().substring(0, 8),
        Pieces.time(batch.submittedAt()),
        Pieces.actor(batch.submittedBy()),
        String.format(Locale.ROOT, "%,d", batch.requests()),
        String.format(Locale.ROOT, "%,d", batch.issued()),
        state(batch));
  }

  private static Html state(BatchProgress batch) {
    if (!batch.isFinished()) {
      return Pieces.badge("warn", String.format(Locale.ROOT, "%,d done", batch.done()));
    }
    int refused = batch.done() - batch.issued();
    return refused == 0
        ? Pieces.badge("good", "Finished")
        : Pieces.badge("bad", String.format(Locale.ROOT, "%,d refused", refused));
  }

  private Reply batch(Visit visit) throws TurnedAwayException {
    Person person = visit.person();
    return desks
        .requests()
        .batch(person, visit.path().getUuid("id"))
        .fold(
            batch ->
                Reply.page(
                    200,
                    Frame.page(
                        Optional.of(person),
                        Optional.of(Frame.Place.REQUESTS),
                        "Batch " + batch.id().toString().substring(0, 8),
                        batchPage(person, batch),
                        !batch.isFinished())),
            refusal -> Portal.FACE.refusal(Optional.of(person), refusal));
  }

  private Html batchPage(Person person, BatchProgress batch) {
    return Html.of(
        """
        <h1>Batch {}</h1><p class="lead">Handed in by {} on {}.</p>
        <section class="card" aria-live="polite"><h2>{} of {} requests done {}</h2>
        <p><progress max="{}" value="{}">{} of {}</progress></p>
        <dl><dt>Certificates</dt><dd>{}</dd><dt>Refused</dt><dd>{}</dd>
        <dt>For</dt><dd>{}</dd><dt>Finished</dt><dd>{}</dd></dl>
        <p></p><div class="actions"><a class="button" href="/batches/{}/results" download>Download results</a>
        <a class="button plain" href="/requests">All requests</a></div></section>
        {}
        """,
        batch.id().toString().substring(0, 8),
        batch.submittedBy(),
        Pieces.time(batch.submittedAt()),
        String.format(Locale.ROOT, "%,d", batch.done()),
        String.format(Locale.ROOT, "%,d", batch.requests()),
        state(batch),
        batch.requests(),
        batch.done(),
        batch.done(),
        batch.requests(),
        String.format(Locale.ROOT, "%,d", batch.issued()),
        String.format(Locale.ROOT, "%,d", batch.done() - batch.issued()),
        Pieces.eui(batch.requester()),
        batch
            .finishedAt()
            .map(Pieces::exactTime)
            .orElseGet(() -> Html.of("not yet; this page looks again by itself")),
        batch.id(),
        refusals(person, batch));
  }

  /** The first refusals, for whoever wants to know at once what is wrong with the file. */
  private Html refusals(Person person, BatchProgress batch) {
    if (batch.done() == batch.issued()) {
      return Html.NONE;
    }
    List<BatchResult.Refused> refused =
        desks
            .requests()
            .refusals(person, batch.id(), REFUSALS_SHOWN)
            .<List<BatchResult>>fold(results -> results, _ -> List.of())
            .stream()
            .filter(BatchResult.Refused.class::isInstance)
            .map(BatchResult.Refused.class::cast)
            .toList();
    return Html.of(
        """
        <section class="card"><h2>Refused requests</h2><table class="stacks">
        <caption>The first of them; the results file has all</caption>
        <thead><tr><th scope="col" class="number">Request</th><th scope="col">Rule</th>
        <th scope="col">Why</th></tr></thead><tbody>{}</tbody></table></section>
        """,
        Html.each(
            refused,
            refusal ->
                Html.of(
                    """
                    <tr><td class="number" data-label="Request">{}</td>
                    <td data-label="Rule"><code>{}</code></td><td data-label="Why">{}</td></tr>
                    """,
                    refusal.number(),
                    refusal.rule(),
                    refusal.detail())));
  }

  private Reply results(Visit visit) throws TurnedAwayException {
    Person person = visit.person();
    return desks
        .requests()
        .batch(person, visit.path().getUuid("id"))
        .fold(
            batch ->
                Reply.streamed(
                        "text/tab-separated-values; charset=utf-8",
                        out -> BatchResultsFile.write(desks.requests(), person, batch.id(), out))
                    .asFile("results-" + batch.id() + ".tsv"),
            refusal -> Portal.FACE.refusal(Optional.of(person), refusal));
  }
}
