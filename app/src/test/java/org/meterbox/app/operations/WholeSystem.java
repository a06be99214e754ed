// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.meterbox.app.CommandRun;
import org.meterbox.app.RefusedHandover;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.dsp.gateway.Gateway;

/**
 * A whole system on free ports, through which a read and a critical command have gone, and one that
 * the meter does not support.
 */
final class WholeSystem implements AutoCloseable {
  static final Path READ = Path.of("../docs/examples/read-import-registers.xml");
  static final Path DISABLE = Path.of("../docs/examples/disable-supply.xml");

  final MeterboxSystem system;
  final Path data;

  WholeSystem(Path folder) throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    data = folder.resolve("data");
    system =
        MeterboxSystem.start(
            new SystemConfiguration(
                new DataDirectory(data),
                Optional.empty(),
                Ports.FREE,
                Map.of(),
                Optional.empty(),
                Gateway.CONNECTIONS,
                _ -> {}),
            InstantSource.system(),
            SystemObserver.NONE);
    send(READ);
    send(DISABLE);
    sendRefused(folder);
  }

  /** The meter's alert, 8F3D. */
  private void sendRefused(Path folder) throws IOException {
    Path request = RefusedHandover.write(folder, data);
    CommandRun run = run("send", request.toString(), "--as", "supplier1", "--wait", "120");
    assertThat(run.output()).as(run.errors()).contains("device alert: 8F3D");
  }

  void send(Path request) {
    CommandRun run = run("send", request.toString(), "--as", "supplier1", "--wait", "120");
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
  }

  /** A command with this system's data. */
  CommandRun run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = data.toString();
    return CommandRun.of(all);
  }

  URI pages() {
    return system.addresses().operations();
  }

  @Override
  public void close() {
    system.close();
  }
}
