// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;

class ResponseAddressesTest {
  private static final Participant USER = Participant.SUPPLIER_1;
  private static final URI GIVEN = URI.create("http://127.0.0.1:9000/given");
  private static final URI SAID = URI.create("http://127.0.0.1:9001/said");

  private final Path folder;
  private final Store store;
  private final UserDirectory users;
  private int changes;

  ResponseAddressesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    store = Store.open(StoreConfiguration.embedded(folder.resolve("store"), step -> {}));
    store.migrate("dsp", "org/meterbox/dsp/schema");
    users = UserDirectory.open(store);
    users.put(
        new DccUser(
            USER.id(),
            USER.title(),
            UserStatus.ACTIVE,
            USER.roles(),
            Set.of(),
            Optional.of(GIVEN),
            "5.4"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ResponseAddresses open(Set<Participant> fixed) throws IOException {
    ResponseAddresses addresses =
        ResponseAddresses.open(folder.resolve("addresses"), Map.of(USER, GIVEN), fixed);
    addresses.connect(users, () -> changes++);
    return addresses;
  }

  private URI known() {
    return users.find(USER.id()).orElseThrow().receiveResponse().orElseThrow();
  }

  @Test
  void whatWasSaidOutlivesTheProcessUnlessTheStartSaysOtherwise() throws Exception {
    open(Set.of()).set("supplier1", SAID);
    assertThat(known()).isEqualTo(SAID);
    assertThat(changes).isEqualTo(1);
    assertThat(open(Set.of()).all()).containsEntry(USER, SAID);
    assertThat(open(Set.of(USER)).all()).containsEntry(USER, GIVEN);
    open(Set.of()).reset("supplier1");
    assertThat(known()).isEqualTo(GIVEN);
    assertThat(open(Set.of()).all()).containsEntry(USER, GIVEN);
  }

  @Test
  void whatIsNoWebAddressChangesNothing() throws Exception {
    ResponseAddresses addresses = open(Set.of());
    assertThatThrownBy(() -> addresses.set("supplier1", URI.create("file:///tmp/x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(addresses.of(USER)).contains(GIVEN);
    assertThat(known()).isEqualTo(GIVEN);
    assertThat(open(Set.of()).all()).containsEntry(USER, GIVEN);
  }
}
