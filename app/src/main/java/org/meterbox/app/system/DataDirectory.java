// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a system keeps what must survive it.
 *
 * @param root the folder that holds everything
 */
public record DataDirectory(Path root) {
  /** The embedded PostgreSQL. */
  public Path store() {
    return root.resolve("store");
  }

  /** The authorities' keys. */
  public Path authorities() {
    return root.resolve("smki");
  }

  /** The keys of the DCC's own parties. */
  public Path centralParties() {
    return root.resolve("dcc");
  }

  /** One user's keys and received messages. */
  public Path user(Participant participant) {
    return root.resolve("users").resolve(participant.name());
  }

  /** One user's received messages. */
  public Path mailbox(Participant participant) {
    return user(participant).resolve("received");
  }

  /** The devices' non-volatile memories. */
  public Path devices() {
    return root.resolve("devices");
  }

  /** Where a running system says how to reach it. */
  public Path addresses() {
    return root.resolve("addresses.properties");
  }

  /** Where a running system takes orders about its home, with the token for it. */
  public Path homeControl() {
    return root.resolve("home-control.properties");
  }

  /** How far the home's time is ahead of the DCC's, in s. */
  public Path homeClock() {
    return root.resolve("home-clock-seconds");
  }

  /** The certificates of the authorities that users trust. */
  public Path trust() {
    return root.resolve("authorities.pem");
  }

  /** The published keys with which a system for client tools runs; absent in any other one. */
  public Path publishedKeys() {
    return root.resolve("published-keys.json");
  }

  /** Where users' responses go since they said so while the system ran. */
  public Path responseAddresses() {
    return root.resolve("response-addresses.properties");
  }

  /** What time it was when the system last looked. */
  public Path lastSeenTime() {
    return root.resolve("last-seen-time");
  }

  /** The root of the DCCKI, by which browsers know the portal. */
  public Path dcckiRoot() {
    return root.resolve("dccki-root.pem");
  }

  /** The keys and certificates of the sample people, each with its password beside it. */
  public Path people() {
    return root.resolve("people");
  }

  /** The adapter's file of clients, with their tokens beside it. */
  public Path adapterClients() {
    return root.resolve("adapter").resolve("clients.json");
  }

  /** The file with the token of one of the adapter's first clients. */
  public Path adapterToken(String client) {
    return adapterClients().resolveSibling(client + ".token");
  }

  /** Where batch files wait until they are in the database. */
  public Path batches() {
    return root.resolve("batches");
  }

  /** Makes every folder that is missing. */
  public void create() throws IOException {
    Files.createDirectories(root);
    Files.createDirectories(authorities());
    Files.createDirectories(centralParties());
    Files.createDirectories(devices());
    Files.createDirectories(people());
    for (Participant participant : Participant.ALL) {
      Files.createDirectories(user(participant));
    }
  }
}
