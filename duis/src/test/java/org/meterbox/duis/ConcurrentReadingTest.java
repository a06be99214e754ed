// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.READER;
import static org.meterbox.duis.TestDocuments.octets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;

/** One reader serves many threads, good and bad documents mixed, without mixing them up. */
class ConcurrentReadingTest {
  private static final int DOCUMENTS = 2_000;

  @Test
  void manyThreadsShareOneReader() throws Exception {
    String good = TestDocuments.signedReadRegisters();
    List<Future<Reading<ServiceRequest>>> readings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < DOCUMENTS; i++) {
        String numbered = good.replace(":1000<", ":" + i + "<");
        String document =
            switch (i % 3) {
              case 0 -> numbered;
              case 1 -> numbered.replace("4.1.1", "4.1.9");
              default -> numbered.substring(0, numbered.length() - 1);
            };
        readings.add(threads.submit(() -> READER.readRequest(octets(document))));
      }
    }

    for (int i = 0; i < DOCUMENTS; i++) {
      Reading<ServiceRequest> reading = readings.get(i).get();
      long counter = i;
      switch (i % 3) {
        case 0 ->
            assertThat(reading)
                .isInstanceOfSatisfying(
                    Valid.class,
                    valid ->
                        assertThat(((ServiceRequest) valid.value()).requestId().counter().value())
                            .isEqualTo(counter));
        case 1 ->
            assertThat(reading)
                .isInstanceOfSatisfying(
                    Refused.class,
                    refused ->
                        assertThat(refused.header().requestId().orElseThrow().counter().value())
                            .isEqualTo(counter));
        default ->
            assertThat(reading)
                .isInstanceOfSatisfying(
                    Refused.class,
                    refused -> assertThat(refused.header()).isEqualTo(PartialHeader.NOTHING));
      }
    }
  }
}
