// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.meterbox.app.boxed.ResponseAddressSettings;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;

/**
 * Where users' responses and alerts are pushed: to the address given at the start, until a user
 * says another one while the system runs. What was said outlives the process. Safe for threads.
 */
final class ResponseAddresses implements ResponseAddressSettings {
  private final Path file;
  private final Map<Participant, URI> given;
  private final Map<Participant, URI> said;
  private Optional<UserDirectory> directory = Optional.empty();
  private Runnable changed = () -> {};

  private ResponseAddresses(Path file, Map<Participant, URI> given, Map<Participant, URI> said) {
    this.file = file;
    this.given = Map.copyOf(given);
    this.said = said;
  }

  /**
   * Opens what was said before.
   *
   * @param given the addresses of this start
   * @param fixed those whose address of this start counts, whatever they said before
   */
  static ResponseAddresses open(Path file, Map<Participant, URI> given, Set<Participant> fixed)
      throws IOException {
    Map<Participant, URI> said = new HashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      for (Participant participant : Participant.ALL) {
        Optional.ofNullable(properties.getProperty(participant.name()))
            .filter(_ -> !fixed.contains(participant))
            .ifPresent(address -> said.put(participant, URI.create(address)));
      }
    }
    return new ResponseAddresses(file, given, said);
  }

  /** From now on changes reach the DSP, and then whoever else wants to know. */
  synchronized void connect(UserDirectory users, Runnable listener) {
    directory = Optional.of(users);
    changed = listener;
  }

  /** Where a user's responses go now. */
  synchronized Optional<URI> of(Participant participant) {
    return Optional.ofNullable(said.getOrDefault(participant, given.get(participant)));
  }

  /** Every address. */
  synchronized Map<Participant, URI> all() {
    Map<Participant, URI> all = new HashMap<>(given);
    all.putAll(said);
    return all;
  }

  @Override
  public List<String> users() {
    return Participant.ALL.stream().map(Participant::name).toList();
  }

  @Override
  public Optional<String> user(String nameOrEui) {
    return Participant.ALL.stream()
        .filter(participant ->
            participant.name().equals(nameOrEui)
                || participant.id().dashed().equalsIgnoreCase(nameOrEui)
                || participant.id().hex().equalsIgnoreCase(nameOrEui))
        .map(Participant::name)
        .findFirst();
  }

  @Override
  public Optional<URI> address(String user) {
    return of(named(user));
  }

  @Override
  public synchronized void set(String user, URI address) throws IOException {
    Participant participant = named(user);
    DccUser known = known(participant, Optional.of(address));
    Map<Participant, URI> next = new HashMap<>(said);
    next.put(participant, address);
    change(next, known);
  }

  @Override
  public synchronized void reset(String user) throws IOException {
    Participant participant = named(user);
    DccUser known = known(participant, Optional.ofNullable(given.get(participant)));
    Map<Participant, URI> next = new HashMap<>(said);
    next.remove(participant);
    change(next, known);
  }

  private static Participant named(String user) {
    return Participant.named(user)
        .orElseThrow(() -> new IllegalArgumentException("there is no user " + user));
  }

  private void change(Map<Participant, URI> next, DccUser user) throws IOException {
    write(next);
    said.clear();
    said.putAll(next);
    directory().put(user);
    changed.run();
  }

  private DccUser known(Participant participant, Optional<URI> address) {
    DccUser before = directory().find(participant.id()).orElseThrow();
    return new DccUser(
        before.id(),
        before.name(),
        before.status(),
        before.roles(),
        before.tlsIdentities(),
        address,
        before.duisVersion());
  }

  private UserDirectory directory() {
    return directory.orElseThrow(() -> new IllegalStateException("the DSP is not connected yet"));
  }

  private void write(Map<Participant, URI> addresses) throws IOException {
    Properties properties = new Properties();
    addresses.forEach((user, address) -> properties.setProperty(user.name(), address.toString()));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      properties.store(writer, "Where users asked a running Meterbox to push their responses");
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
