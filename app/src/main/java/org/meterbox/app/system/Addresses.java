// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach a running system.
 *
 * @param gateway the DCC User gateway
 * @param repository the SMKI Repository's query interface
 * @param portal the SMKI Portal and its API
 * @param operators health, metrics and diagnostics
 * @param operations the operations pages and their API
 * @param receivers each participant's Receive Response Service by the participant's name
 */
public record Addresses(
    URI gateway,
    URI repository,
    URI portal,
    URI operators,
    URI operations,
    Map<String, URI> receivers) {
  private static final String GATEWAY = "gateway";
  private static final String REPOSITORY = "repository";
  private static final String PORTAL = "portal";
  private static final String OPERATORS = "operators";
  private static final String OPERATIONS = "operations";
  private static final String RECEIVER = "receiver.";

  /** Copies the map. */
  public Addresses {
    receivers = Map.copyOf(receivers);
  }

  /** Writes them where {@link #read} finds them. */
  public void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(GATEWAY, gateway.toString());
    properties.setProperty(REPOSITORY, repository.toString());
    properties.setProperty(PORTAL, portal.toString());
    properties.setProperty(OPERATORS, operators.toString());
    properties.setProperty(OPERATIONS, operations.toString());
    receivers.forEach((name, uri) -> properties.setProperty(RECEIVER + name, uri.toString()));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      properties.store(writer, "Written by a running Meterbox");
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads what a system wrote; empty where none did. */
  public static Optional<Addresses> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, URI> receivers = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(RECEIVER)) {
        receivers.put(key.substring(RECEIVER.length()), URI.create(properties.getProperty(key)));
      }
    }
    return Optional.of(
        new Addresses(
            URI.create(properties.getProperty(GATEWAY, "")),
            URI.create(properties.getProperty(REPOSITORY, "")),
            URI.create(properties.getProperty(PORTAL, "")),
            URI.create(properties.getProperty(OPERATORS, "")),
            URI.create(properties.getProperty(OPERATIONS, "")),
            receivers));
  }
}
