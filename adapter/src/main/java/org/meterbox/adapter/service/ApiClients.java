// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.crypto.Sha256;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clients of the API, from a file of JSON: {@code {"clients": [{"name", "tokenSha256", "users",
 * "permissions"}]}}. The file holds digests of tokens only.
 */
public final class ApiClients {
  /** Octets of a token that is made here. */
  private static final int TOKEN_OCTETS = 32;

  private static final String PREFIX = "Bearer ";

  private final List<ApiClient> clients;

  private ApiClients(List<ApiClient> clients) {
    this.clients = List.copyOf(clients);
  }

  /** These clients. */
  public static ApiClients of(List<ApiClient> clients) {
    return new ApiClients(clients);
  }

  /**
   * Reads the file of clients. Where it is missing, two clients are made, {@code operator} and
   * {@code approver}, who together can do everything; each one's token stands in a file of its name
   * and {@code .token} beside it, for the owner only.
   *
   * @throws IOException where the file cannot be read or has a fault, which the message names
   */
  public static ApiClients open(Path file, Set<String> users, SecureRandom random)
      throws IOException {
    if (!Files.exists(file)) {
      make(file, users, random);
    }
    try {
      return new ApiClients(
          read(JsonReading.object(Octets.of(Files.readAllBytes(file))).path("clients"), users));
    } catch (ParameterException fault) {
      throw new IOException(file + ": " + fault.getMessage(), fault);
    }
  }

  private static List<ApiClient> read(JsonNode list, Set<String> users) throws ParameterException {
    if (!list.isArray()) {
      throw new ParameterException("clients", "is not a list");
    }
    List<ApiClient> clients = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = "clients[" + i + "].";
      JsonNode client = list.get(i);
      Set<String> own = new HashSet<>(texts(client.path("users"), at + "users"));
      own.removeAll(users);
      if (!own.isEmpty()) {
        throw new ParameterException(at + "users", "names no DCC User of this adapter: " + own);
      }
      Set<Permission> permissions = new HashSet<>();
      for (String word : texts(client.path("permissions"), at + "permissions")) {
        permissions.add(
            Permission.of(word)
                .orElseThrow(() ->
                    new ParameterException(
                        at + "permissions", "is not one of read, send, approve")));
      }
      String digest = text(client, "tokenSha256", at);
      if (!digest.matches("[0-9A-Fa-f]{64}")) {
        throw new ParameterException(at + "tokenSha256", "is not 64 hexadecimal digits");
      }
      clients.add(
          new ApiClient(
              text(client, "name", at),
              Octets.ofHex(digest),
              Set.copyOf(texts(client.path("users"), at + "users")),
              permissions));
    }
    return clients;
  }

  private static String text(JsonNode client, String name, String at) throws ParameterException {
    JsonNode value = client.path(name);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new ParameterException(at + name, "is missing");
    }
    return value.stringValue();
  }

  private static List<String> texts(JsonNode list, String at) throws ParameterException {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      texts.add(one.asString(""));
    }
    if (!list.isArray() || texts.contains("")) {
      throw new ParameterException(at, "is not a list of texts");
    }
    return texts;
  }

  private static void make(Path file, Set<String> users, SecureRandom random) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode clients = json.putArray("clients");
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    Files.createDirectories(folder);
    for (String name : List.of("operator", "approver")) {
      byte[] secret = new byte[TOKEN_OCTETS];
      random.nextBytes(secret);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      write(folder.resolve(name + ".token"), token + "\n");
      ObjectNode client = clients.addObject();
      client.put("name", name);
      client.put("tokenSha256", digest(token).hex());
      ArrayNode own = client.putArray("users");
      users.stream().sorted().forEach(own::add);
      ArrayNode permissions = client.putArray("permissions");
      permissions.add(Permission.READ.word());
      if (name.equals("operator")) {
        permissions.add(Permission.SEND.word());
      } else {
        permissions.add(Permission.APPROVE.word());
      }
    }
    write(file, json.toPrettyString() + "\n");
  }

  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static Octets digest(String token) {
    return Sha256.of(Octets.of(token.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whose token an Authorization header carries. */
  public Optional<ApiClient> find(String authorization) {
    if (!authorization.startsWith(PREFIX)) {
      return Optional.empty();
    }
    byte[] digest = digest(authorization.substring(PREFIX.length()).strip()).toArray();
    Optional<ApiClient> found = Optional.empty();
    // All are compared, each in constant time.
    for (ApiClient client : clients) {
      if (MessageDigest.isEqual(client.tokenDigest().toArray(), digest)) {
        found = Optional.of(client);
      }
    }
    return found;
  }
}
