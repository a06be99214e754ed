// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.query;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.meterbox.kernel.Octets;

/**
 * The query interface on a Helidon web server. Clients add a query parameter {@code apikey}; the
 * repository is public and takes any.
 */
public final class RepositoryQueryRoutes implements HttpService {
  private final RepositoryQuery query;

  /** Serves this interface. */
  public RepositoryQueryRoutes(RepositoryQuery query) {
    this.query = query;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(RepositoryQuery.SEARCH_PATH, (in, out) -> answer(in, out, query::search))
        .post(RepositoryQuery.RETRIEVE_PATH, (in, out) -> answer(in, out, query::retrieve));
  }

  private static void answer(
      ServerRequest request, ServerResponse response, Function<Octets, QueryReply> query) {
    QueryReply reply = query.apply(body(request));
    response
        .status(Status.create(reply.status()))
        .header(HeaderValues.create("Content-Type", "application/xml"))
        .send(reply.xml());
  }

  /** One octet beyond the limit is read at most; the query then refuses it as too long. */
  private static Octets body(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      return Octets.of(in.readNBytes(RepositoryQuery.QUERY_OCTETS_MAX + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
