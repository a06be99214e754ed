// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.system.DataOption;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.dsp.gateway.Gateway;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the whole system and walks the main job through it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start everything and walk requests through it, step by step.",
      "Ends with 0 only if every step went as it should.",
      ""
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "an external PostgreSQL instead of the embedded one")
  private @Nullable String databaseUrl;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException, MemoryFailureException {
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    Story story = new Story(out, Ansi.AUTO.enabled());
    Tap tap = new Tap();
    InstantSource clock = InstantSource.system();
    story.say("Meterbox: from a DCC User's request to a meter and back");
    long start = System.nanoTime();
    SystemConfiguration configuration =
        new SystemConfiguration(
            data.directory("demo"),
            Optional.ofNullable(databaseUrl),
            Ports.FREE,
            Map.of(),
            Optional.empty(),
            Gateway.CONNECTIONS,
            step -> story.say("  " + step));
    try (MeterboxSystem system = MeterboxSystem.start(configuration, clock, tap);
        Walk walk = new Walk(system, tap, story, clock)) {
      describe(system, story, Exchange.since(start));
      walk.read();
      walk.command();
      walk.refuse();
    }
    story.say("");
    story.say(
        String.format(
            Locale.ROOT,
            "memory in use after the walk: %,d MiB of heap",
            usedHeapOctets() / (1024 * 1024)));
    story.say(
        String.format(
            Locale.ROOT, "demo: %d steps, %d as expected", story.steps(), story.asExpected()));
    return story.steps() == story.asExpected() ? 0 : 1;
  }

  private static void describe(MeterboxSystem system, Story story, Duration took) {
    story.say(String.format(Locale.ROOT, "started in %.1f s", took.toMillis() / 1000.0));
    story.say("");
    story.say("  database    " + system.databaseDescription());
    story.say("  crypto      " + CryptoProviders.description());
    story.say("  gateway     " + system.addresses().gateway() + "  (mutual TLS)");
    story.say("  repository  " + system.addresses().repository() + "  (SMKI)");
    story.say("");
    story.say(
        "Each line: who, what, octets, and how long it took or (+) when it was there, counted from the\n"
            + "moment the request was posted. The first steps also warm the JVM up.");
  }

  private static long usedHeapOctets() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
