// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.boxed;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beside the DUIS services: the archive of organisations' keys, and where users' responses go.
 *
 * <pre>{@code
 * GET    /assets/crypto/org-crypto.zip     the keys; HEAD too
 * GET    /users/USER/response-address      where responses and alerts of a user are pushed
 * PUT    /users/USER/response-address      the new address as plain text, http or https
 * DELETE /users/USER/response-address      back to the address given at the start
 * }</pre>
 *
 * <p>USER is a user's name or EUI-64. No public description says how the emulator takes the
 * address, so these paths are of this project's own. Web pages cannot use them: a request with an
 * {@code Origin} is refused.
 */
public final class ClientToolService implements HttpService {
  /** The longest address, in octets. */
  public static final int ADDRESS_OCTETS_MAX = 2_048;

  private static final Logger LOG = LoggerFactory.getLogger(ClientToolService.class);
  private static final String ADDRESS_PATH = "/users/{user}/response-address";

  private final Octets archive;
  private final ResponseAddressSettings addresses;

  /** Serves this archive and these addresses. */
  public ClientToolService(Octets archive, ResponseAddressSettings addresses) {
    this.archive = archive;
    this.addresses = addresses;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(OrganisationKeysArchive.PATH, (_, response) -> sendArchive(response, true))
        .head(OrganisationKeysArchive.PATH, (_, response) -> sendArchive(response, false))
        .get(ADDRESS_PATH, this::read)
        .put(ADDRESS_PATH, this::set)
        .delete(ADDRESS_PATH, this::reset);
  }

  private void sendArchive(ServerResponse response, boolean withBody) {
    response.header(HeaderNames.CONTENT_TYPE, "application/zip");
    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(archive.length()));
    if (withBody) {
      response.send(archive.toArray());
    } else {
      response.send();
    }
  }

  private void read(ServerRequest request, ServerResponse response) {
    Optional<String> user = user(request);
    if (user.isEmpty()) {
      noSuchUser(response);
      return;
    }
    text(response, Status.OK_200, addresses.address(user.get()).map(URI::toString).orElse("none"));
  }

  private void set(ServerRequest request, ServerResponse response) {
    Optional<String> user = user(request);
    if (isOfWebPage(request, response)) {
      return;
    }
    if (user.isEmpty()) {
      noSuchUser(response);
      return;
    }
    try {
      addresses.set(user.get(), address(request));
      LOG.info("responses of {} go to another address now", user.get());
      response.status(Status.NO_CONTENT_204).send();
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      text(
          response,
          Status.BAD_REQUEST_400,
          "the body must be an address such as http://127.0.0.1:9000/smartdcc/duis");
    } catch (IOException e) {
      LOG.error("a response address could not be stored", e);
      text(response, Status.INTERNAL_SERVER_ERROR_500, "the address could not be stored");
    }
  }

  private void reset(ServerRequest request, ServerResponse response) {
    Optional<String> user = user(request);
    if (isOfWebPage(request, response)) {
      return;
    }
    if (user.isEmpty()) {
      noSuchUser(response);
      return;
    }
    try {
      addresses.reset(user.get());
      response.status(Status.NO_CONTENT_204).send();
    } catch (IOException e) {
      LOG.error("a response address could not be stored", e);
      text(response, Status.INTERNAL_SERVER_ERROR_500, "the address could not be stored");
    }
  }

  private static URI address(ServerRequest request) throws IOException, URISyntaxException {
    try (InputStream body = request.content().inputStream()) {
      byte[] octets = body.readNBytes(ADDRESS_OCTETS_MAX + 1);
      if (octets.length > ADDRESS_OCTETS_MAX) {
        throw new IllegalArgumentException("the address is too long");
      }
      return new URI(new String(octets, StandardCharsets.UTF_8).strip());
    }
  }

  private Optional<String> user(ServerRequest request) {
    return addresses.user(request.path().pathParameters().get("user"));
  }

  private static boolean isOfWebPage(ServerRequest request, ServerResponse response) {
    boolean ofWebPage = request.headers().contains(HeaderNames.ORIGIN);
    if (ofWebPage) {
      text(response, Status.FORBIDDEN_403, "web pages may not set response addresses");
    }
    return ofWebPage;
  }

  private void noSuchUser(ServerResponse response) {
    text(
        response,
        Status.NOT_FOUND_404,
        "there is no such user; there are " + String.join(", ", addresses.users()));
  }

  private static void text(ServerResponse response, Status status, String text) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
