// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.keys.PartyKeysOption;
import org.meterbox.app.system.Binding;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.kernel.ListenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Offers Parse and Correlate over HTTP until it is told to end. */
@Command(
    name = "parse-correlate",
    description = "Offer Parse and Correlate as an HTTP service; Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    footerHeading = "Example:%n",
    footer = {
      "  ./meterbox parse-correlate --port 8090 --keys keystore &",
      "  curl -H 'Content-Type: text/plain' --data @message.HEX http://127.0.0.1:8090/v1/parse",
      "/openapi.json describes the service; /health and /metrics are for operators."
    })
public final class ParseCorrelateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "port to listen on, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int port = 8090;

  @Option(
      names = {"--bind", "--host"},
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "address to listen on (default: ${DEFAULT-VALUE}). The service asks nobody who they are:"
            + " put a proxy with TLS and authentication in front of any other."
      })
  private String bind = "127.0.0.1";

  @Option(
      names = "--connections-per-address",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "TCP connections from one IP address at most (default: ${DEFAULT-VALUE}); behind a proxy"
              + " all of them come from one")
  private int connectionsPerAddress = ParseCorrelateServer.CONNECTIONS.perAddressMax();

  @Mixin private PartyKeysOption keys = new PartyKeysOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    InetAddress address = Binding.address(bind);
    try (PartyKeysOption.Opened opened = keys.open(err);
        ParseCorrelateServer server =
            ParseCorrelateServer.open(
                new ParseAndCorrelate(opened.keys()),
                Binding.text(address),
                port,
                ParseCorrelateServer.CONNECTIONS.withPerAddress(connectionsPerAddress))) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(ended, closed)));
      out.println(
          String.format(
              Locale.ROOT,
              "parse and correlate at http://%s:%s",
              Binding.host(address),
              server.port()));
      out.println(
          Binding.isExposed(address)
              ? String.format(
                  Locale.ROOT,
                  "EXPOSED: whoever reaches port %s of %s is served, and nobody is asked who they are",
                  server.port(),
                  Binding.text(address))
              : "exposed to this machine only (see --bind)");
      out.println("Ctrl-C ends it");
      out.flush();
      ended.await();
    } catch (ListenException refused) {
      throw new IOException(
          refused.getMessage()
              + "; end what holds it, or give another port with --port PORT (0: any free one)",
          refused);
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /** Lets the main thread close the service, and the JVM wait for it. */
  private static void end(CountDownLatch ended, CountDownLatch closed) {
    ended.countDown();
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
