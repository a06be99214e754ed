// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The whole system, started once with a clock that is years ahead. */
class ClockAheadTest {
  private static final InstantSource RIGHT = InstantSource.system();
  private static final InstantSource AHEAD = InstantSource.offset(RIGHT, Duration.ofDays(2_500));

  private final List<String> said = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;

  @BeforeEach
  void letTheDatabaseIn() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private MeterboxSystem start(InstantSource clock) throws Exception {
    return MeterboxSystem.start(
        new SystemConfiguration(
            new DataDirectory(folder.resolve("data")),
            Optional.empty(),
            Ports.FREE,
            Map.of(),
            Optional.empty(),
            Gateway.CONNECTIONS,
            said::add),
        clock,
        SystemObserver.NONE);
  }

  @Test
  void oneStartWithAClockAheadDoesNotCloseTheDataDirectory() throws Exception {
    start(RIGHT).close();
    assertThat(said).noneMatch(line -> line.startsWith("CLOCK"));
    start(AHEAD).close();
    assertThat(said).anyMatch(line -> line.startsWith("CLOCK") && line.contains("days later"));
    try (MeterboxSystem system = start(RIGHT);
        UserDesk desk = system.desk(Participant.SUPPLIER_1)) {
      assertThat(said).anyMatch(line -> line.startsWith("CLOCK") && line.contains("went back"));
      MessageId request =
          new MessageId(
              Participant.SUPPLIER_1.id(),
              Home.FIRST.electricityMeter(),
              new OriginatorCounter(RIGHT.millis()));
      Answer answer =
          desk.sender()
              .send(
                  RequestDraft.single(
                      request,
                      CommandVariant.NON_CRITICAL_WAN,
                      new ServiceReferenceVariant("7.4"),
                      XmlElement.of("ReadSupplyStatus")));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Verified.class,
              verified -> assertThat(verified.response().code()).isEqualTo(ResponseCode.I99));
      assertThat(system.mailbox(Participant.SUPPLIER_1).await(request, Duration.ofSeconds(30)))
          .isPresent();
    }
  }

  @Test
  void keysThatWereFirstMadeWithAClockAheadAreRefusedWithWhatToDo() throws Exception {
    start(AHEAD).close();
    assertThatThrownBy(() -> start(RIGHT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("while the clock ran ahead")
        .hasMessageContaining("--data DIR");
  }
}
