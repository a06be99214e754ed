// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.devices.gbz.GbzUseCase.Task;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;

/**
 * Carries out commands whose payload is GBZ, component by component. The first that fails ends it:
 * what stands before stays done, what stands behind is answered as not tried (GBCS section 7.2.9).
 *
 * @param <F> the state of the device's function
 */
public final class GbzHandler<F> implements DeviceModel.Handler<F> {
  private static final ZclStatus NOT_AUTHORIZED = new ZclStatus(0x7E);

  private final GbzUseCase<F> useCase;

  /** Carries out commands of this form. */
  public GbzHandler(GbzUseCase<F> useCase) {
    this.useCase = useCase;
  }

  @Override
  public Execution execute(Transition<F> transition, Call call) {
    Optional<List<Task<F>>> tasks;
    try {
      tasks = useCase.tasks(GbzMessage.decode(call.payload()));
    } catch (DecodeException malformed) {
      return new Execution.Malformed();
    }
    return tasks.map(all -> new Run(call).all(transition, all)).orElseGet(Execution.Malformed::new);
  }

  /** One command on its way. */
  private final class Run {
    private final Optional<DerivedKey> key;
    private final List<Component> answers = new ArrayList<>();
    private int encrypted;
    private boolean broken;

    Run(Call call) {
      key =
          call.reader()
              .map(reader -> MessageProtection.encryptionKey(call.sensitiveResponse(), reader));
    }

    Execution all(Transition<F> transition, List<Task<F>> tasks) {
      for (Task<F> task : tasks) {
        if (broken) {
          task.components().forEach(left -> add(left.frame().notTried()));
        } else {
          answer(task, task.step().carryOut(transition, task.components()));
        }
      }
      if (answers.size() > GbzMessage.MAX_COMPONENTS) {
        throw new IllegalStateException("an answer of more components than a message has");
      }
      return new Execution.Answered(new GbzMessage(answers).encode(), encrypted > 0);
    }

    private void answer(Task<F> task, List<ZclAnswer> given) {
      for (int i = 0; i < given.size(); i++) {
        ZclFrame asked = task.components().get(i).frame();
        ZclAnswer answer = given.get(i);
        switch (answer) {
          case ZclAnswer.Status(ZclStatus status) -> add(asked.defaultResponse(status));
          case ZclAnswer.Frames(List<ZclFrame> frames) -> frames.forEach(this::add);
          case ZclAnswer.Sensitive(List<ZclFrame> frames) -> seal(asked, frames);
        }
        broken |= answer.isFailure();
      }
    }

    private void seal(ZclFrame asked, List<ZclFrame> frames) {
      if (key.isEmpty()) {
        broken = true;
        add(asked.defaultResponse(NOT_AUTHORIZED));
        return;
      }
      for (ZclFrame frame : frames) {
        answers.add(Component.Encrypted.seal(frame, OptionalLong.empty(), encrypted, key.get()));
        encrypted++;
      }
    }

    private void add(ZclFrame frame) {
      answers.add(Component.Plain.of(frame));
    }
  }
}
