// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.app.CommandRun;
import org.meterbox.app.system.Binding;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.app.system.UserDesk;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Where a system listens, and what it says where it cannot. */
final class ListenersTest {
  private static final List<String> OPTIONS =
      List.of(
          "--port",
          "--management-port",
          "--smki-port",
          "--portal-port",
          "--operations-port",
          "--adapter-port");

  @TempDir Path folder;

  @BeforeEach
  void letTheDatabaseThrough() throws IOException {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  // Before, such a system stayed up, served nothing and called itself https://localhost:-1.
  @Test
  void aTakenPortEndsTheStartWithItsOptionAndLeavesNothingRunning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String option : OPTIONS) {
        CommandRun run = CommandRun.of(up(option, taken.getLocalPort()));

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.errors())
            .contains("port " + taken.getLocalPort())
            .contains(option + " PORT")
            .doesNotContain("\tat ");
        assertThat(run.output()).doesNotContain(":-1").doesNotContain("Ctrl-C");
        assertThat(folder.resolve("data/addresses.properties")).doesNotExist();
        // The database's own file, which goes with it.
        assertThat(folder.resolve("data/store/cluster/postmaster.pid")).doesNotExist();
      }
    }
  }

  private String[] up(String option, int port) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", folder + "/data"));
    for (String each : OPTIONS) {
      arguments.addAll(List.of(each, each.equals(option) ? String.valueOf(port) : "0"));
    }
    return arguments.toArray(String[]::new);
  }

  @Test
  void parseAndCorrelateSaysThatItsPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of("parse-correlate", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).contains("port " + taken.getLocalPort()).contains("--port PORT");
      assertThat(run.output()).isEmpty();
    }
  }

  // 127.0.0.2 is no name of the certificates that the first start makes for this machine alone.
  @Test
  void aSystemIsServedOnTheAddressThatItWasGivenWithCertificatesForIt() throws Exception {
    ask(Binding.LOOPBACK);
    ask(new Binding(InetAddress.getByName("127.0.0.2"), Binding.LOOPBACK.users(), List.of("box")));
  }

  private void ask(Binding binding) throws Exception {
    SystemConfiguration configuration =
        new SystemConfiguration(
            new DataDirectory(folder.resolve("data")),
            Optional.empty(),
            Ports.FREE,
            binding,
            Map.of(),
            Optional.empty(),
            Gateway.CONNECTIONS,
            _ -> {});
    try (MeterboxSystem system =
            MeterboxSystem.start(configuration, InstantSource.system(), SystemObserver.NONE);
        UserDesk desk = system.desk(Participant.SUPPLIER_1)) {
      assertThat(system.addresses().gateway().getHost()).isEqualTo(Binding.host(binding.users()));
      RequestDraft draft =
          RequestDraft.single(
              new MessageId(
                  Participant.SUPPLIER_1.id(),
                  Home.FIRST.electricityMeter(),
                  new OriginatorCounter(InstantSource.system().millis())),
              CommandVariant.NON_CRITICAL_WAN,
              new ServiceReferenceVariant("7.4"),
              XmlElement.of("ReadSupplyStatus"));
      assertThat(desk.sender().send(draft)).isInstanceOf(Answer.Verified.class);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefusedBeforeAnythingBegins() {
    assertThatIOException()
        .isThrownBy(() -> Binding.address("192.0.2.1"))
        .withMessageContaining("192.0.2.1");
    assertThatIOException()
        .isThrownBy(() -> Binding.address("no-such-host.invalid"))
        .withMessageContaining("no-such-host.invalid");
  }

  @Test
  void theStartSaysWhatOthersReach() throws IOException {
    InetAddress everywhere = Binding.address("0.0.0.0");
    Binding open = new Binding(everywhere, Binding.LOOPBACK.users(), List.of());

    assertThat(Exposure.of(Binding.LOOPBACK, 1, 2, 3, 4, 5, List.of(6)).lines())
        .singleElement()
        .asString()
        .contains("nothing");
    assertThat(Exposure.of(open, 1, 2, 3, 4, 5, List.of(6)).lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).startsWith("EXPOSED").doesNotContain("operators"));
    assertThat(
            Exposure.of(new Binding(everywhere, everywhere, List.of()), 1, 2, 3, 4, 5, List.of())
                .lines())
        .hasSize(5)
        .anySatisfy(line -> assertThat(line).contains("operators"));
  }
}
