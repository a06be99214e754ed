// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.util.function.Function;

/** What became of something that a person asked for. */
public sealed interface Outcome<T> {
  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It was not done, and nothing changed. */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  /** One answer for either case. */
  default <R> R fold(
      Function<? super T, ? extends R> done, Function<? super Refusal, ? extends R> refused) {
    return switch (this) {
      case Done<T>(T value) -> done.apply(value);
      case Refused<T>(Refusal refusal) -> refused.apply(refusal);
    };
  }

  /** Something that was done. */
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /** Something that was refused. */
  static <T> Outcome<T> refused(Refusal.Kind kind, String rule, String demand, String detail) {
    return new Refused<>(new Refusal(kind, rule, demand, detail));
  }
}
