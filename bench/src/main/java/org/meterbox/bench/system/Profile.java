// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Which part of the system uses the processor, from Flight Recorder's samples of CPU time: a sample
 * belongs to the part whose code stands nearest the top of the stack; shared rooms (XML, GBCS,
 * cryptography) count for the part that called them.
 */
final class Profile implements AutoCloseable {
  /** Samples without any part's code: the web servers, the virtual threads' scheduler. */
  static final String HTTP = "HTTP, TLS, threads";

  private static final String HOUSE = "org.meterbox.";
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String SAMPLES_PER_SECOND = "500/s";

  private static final Map<String, String> PARTS =
      Map.of(
          "dsp", "DSP",
          "transform", "DSP",
          "store", "DSP",
          "smki", "DSP",
          "wan", "SM WAN",
          "devices", "devices",
          "adapter", "users",
          "correlate", "users",
          "bench", "users",
          "app", "users");

  private static final Set<String> SHARED = Set.of("kernel", "crypto", "gbcs", "duis");

  private final Recording recording;
  private final Path file;

  private Profile(Recording recording, Path file) {
    this.recording = recording;
    this.file = file;
  }

  /** Begins to sample. */
  static Profile start() throws IOException {
    Path file = Files.createTempFile("meterbox-bench", ".jfr");
    Recording recording = new Recording();
    recording.enable(SAMPLE).with("throttle", SAMPLES_PER_SECOND).withStackTrace();
    recording.setDestination(file);
    recording.start();
    return new Profile(recording, file);
  }

  /** Ends and counts: the share of each part among all samples, which together are 1. */
  Map<String, Double> shares() throws IOException {
    recording.stop();
    Map<String, Double> shares = new TreeMap<>();
    double all = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (event.getEventType().getName().equals(SAMPLE)) {
          shares.merge(part(Optional.ofNullable(event.getStackTrace())), 1.0, Double::sum);
          all++;
        }
      }
    }
    double total = Math.max(1, all);
    shares.replaceAll((part, samples) -> samples / total);
    return shares;
  }

  @Override
  public void close() throws IOException {
    recording.close();
    Files.deleteIfExists(file);
  }

  private static String part(Optional<RecordedStackTrace> stack) {
    List<RecordedFrame> frames = stack.map(RecordedStackTrace::getFrames).orElse(List.of());
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith(HOUSE)) {
        String room = type.substring(HOUSE.length()).split("\\.", 2)[0];
        if (!SHARED.contains(room)) {
          return PARTS.getOrDefault(room, HTTP);
        }
      }
    }
    return HTTP;
  }
}
