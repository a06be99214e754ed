// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.meterbox.dsp.access.WebService;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.wan.Downlink;

/** A DSP in a process of its own, to be killed. Says on its output what it has done. */
public final class DspProcess {
  private DspProcess() {}

  /** What the process does after it has opened the DSP. */
  public enum Task {
    /** Sends a read and waits to be killed. */
    ACKNOWLEDGE,
    /** Sends a read, lets the meter answer, and waits to be killed. */
    ACKNOWLEDGE_AND_ANSWER,
    /** Sends reads, which the meter answers, until it is killed. */
    ACKNOWLEDGE_AND_ANSWER_MANY,
    /** Lets the meter answer what is sent again, and ends when its input ends. */
    RECOVER
  }

  /** Arguments: task, folder of the store, address of the supplier's server. */
  public static void main(String[] arguments) throws IOException {
    Task task = Task.valueOf(arguments[0]);
    World world = World.durable(Path.of(arguments[1]), URI.create(arguments[2]));
    switch (task) {
      case ACKNOWLEDGE -> acknowledge(world);
      case ACKNOWLEDGE_AND_ANSWER -> {
        acknowledge(world);
        answer(world, world.wan.last());
      }
      case ACKNOWLEDGE_AND_ANSWER_MANY -> {
        while (true) {
          acknowledge(world);
          answer(world, world.wan.last());
        }
      }
      case RECOVER -> {
        world.wan.sent().forEach(downlink -> answer(world, downlink));
        say("recovered");
      }
    }
    while (System.in.read() >= 0) {
      // Waits for the end of the input, or for the end.
    }
    world.close();
    say("closed");
  }

  private static void acknowledge(World world) {
    var read = world.readRegisters(World.SUPPLIER);
    var answer = world.send(World.SUPPLIER, WebService.SEND_COMMAND, read);
    if (answer.code() != ResponseCode.I99) {
      throw new AssertionError(answer.code());
    }
    say("acknowledged " + read.requestId());
  }

  private static void answer(World world, Downlink downlink) {
    world.uplink(World.meterAnswers(downlink.message(), World.SUPPLIER));
    say("answered " + downlink.correlation());
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
