// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.Optional;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.kernel.DecodeException;

/** Carries out commands whose payload is written in ASN.1. */
public final class Asn1Handler {
  private Asn1Handler() {}

  /**
   * What a use case does with its command.
   *
   * @param <F> the state of the device's function
   * @param <C> the command's type
   */
  @FunctionalInterface
  public interface Body<F, C extends Asn1Content> {
    /** Carries the command out; depends on nothing but the arguments. */
    Execution execute(Transition<F> transition, Call call, C command);
  }

  /** A handler that reads the command and refuses any other payload. */
  public static <F, C extends Asn1Content> DeviceModel.Handler<F> of(
      Class<C> type, Body<F, C> body) {
    return (transition, call) ->
        read(type, call)
            .map(command -> body.execute(transition, call, command))
            .orElseGet(Execution.Malformed::new);
  }

  /** An answer that everybody may read. */
  public static Execution answer(Asn1Content content) {
    return new Execution.Answered(Asn1Payload.of(content).encode(), false);
  }

  private static <C extends Asn1Content> Optional<C> read(Class<C> type, Call call) {
    try {
      Asn1Content content =
          Asn1Payload.decode(call.payload(), call.command().messageCode(), call.command().craFlag())
              .content();
      return type.isInstance(content) ? Optional.of(type.cast(content)) : Optional.empty();
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }
}
