// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The whole system in a process of its own, killed between acknowledgement and delivery. */
class CrashTest {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aKilledSystemDeliversExactlyOneResponseAfterItsRestart() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    int receiverPort = freePort();
    // Nobody listens at the receiver's port yet: the response cannot be delivered.
    Process first = start(receiverPort);
    MessageId request = sendAndGetAcknowledged();
    first.destroyForcibly().waitFor();

    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer receiver = listen(receiverPort, received);
    Process second = start(receiverPort);
    String response = received.poll(2, TimeUnit.MINUTES);
    second.destroy();
    second.waitFor();
    receiver.stop(0);

    assertThat(response).contains("<sr:RequestID>" + request + "</sr:RequestID>");
    assertThat(response).contains("<sr:ResponseCode>I0</sr:ResponseCode>");
    assertThat(received).as("further deliveries").isEmpty();
  }

  private MessageId sendAndGetAcknowledged() throws IOException, InterruptedException {
    MessageId request =
        new MessageId(
            Participant.SUPPLIER_1.id(),
            Home.FIRST.electricityMeter(),
            new OriginatorCounter(InstantSource.system().millis()));
    RequestDraft draft =
        RequestDraft.single(
            request,
            CommandVariant.NON_CRITICAL_WAN,
            new ServiceReferenceVariant("7.4"),
            XmlElement.of("ReadSupplyStatus"));
    try (RunningSystem system =
        RunningSystem.find(new DataDirectory(data()), Participant.SUPPLIER_1)) {
      Answer answer = system.desk().sender().send(draft);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Verified.class,
              verified -> assertThat(code(verified.response())).isEqualTo(ResponseCode.I99));
    }
    return request;
  }

  private static ResponseCode code(Response response) {
    return response.code();
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Returns once the system says that it is ready. */
  private Process start(int receiverPort) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.meterbox.app.Meterbox",
            "up",
            "--data=" + data(),
            "--port=0",
            "--management-port=0",
            "--smki-port=0",
            "--portal-port=0",
            "--operations-port=0",
            "--adapter-port=0",
            "--receiver=supplier1=http://127.0.0.1:" + receiverPort + "/smartdcc/duis");
    Process process =
        new ProcessBuilder(command).redirectError(new File(folder.toFile(), "errors.log")).start();
    // The reader stays open: a closed pipe would end the process.
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("Ctrl-C")) {
      line = said.readLine();
    }
    assertThat(line).as(Files.readString(folder.resolve("errors.log"))).isNotNull();
    return process;
  }

  private static HttpServer listen(int port, BlockingQueue<String> received) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/smartdcc/duis",
        exchange -> {
          Octets body = Octets.of(exchange.getRequestBody().readAllBytes());
          received.add(new String(body.toArray(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
