// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Reads request bodies, each up to a bound and all together up to a bound. Memory is taken as
 * octets arrive, never as a header announces them. Safe for use by many threads.
 */
final class BodyReader {
  /** The longest body: the longest document that is read at all. */
  static final int BODY_MAX = XmlLimits.DUIS.octets();

  /** Octets of bodies held at the same time by all requests together. */
  static final int ALL_BODIES_MAX = 256 * 1024 * 1024;

  private static final int STEP = 16 * 1024;

  private final Semaphore steps = new Semaphore(ALL_BODIES_MAX / STEP);

  /** A body in memory; closing says that it is not needed any more. */
  final class Body implements AutoCloseable {
    private final OctetWriter content = new OctetWriter(4 * 1024);
    private int stepsTaken;

    Octets octets() {
      return content.toOctets();
    }

    @Override
    public void close() {
      steps.release(stepsTaken);
    }
  }

  /** Why a body was not read. */
  static final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean tooLong;

    BodyException(boolean tooLong) {
      super(
          tooLong
              ? String.format(Locale.ROOT, "the body exceeds %d octets", BODY_MAX)
              : "too many bodies at once");
      this.tooLong = tooLong;
    }

    /** True where this body is too long by itself, false where all together are. */
    boolean tooLong() {
      return tooLong;
    }
  }

  /** Reads to the end. */
  Body read(InputStream input) throws IOException, BodyException {
    Body body = new Body();
    boolean complete = false;
    try {
      byte[] buffer = new byte[STEP];
      int room = 0;
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        if (body.content.length() + read > BODY_MAX) {
          throw new BodyException(true);
        }
        for (; room < read; room += STEP) {
          if (!steps.tryAcquire()) {
            throw new BodyException(false);
          }
          body.stepsTaken++;
        }
        body.content.put(Octets.of(buffer, 0, read));
        room -= read;
      }
      complete = true;
      return body;
    } finally {
      if (!complete) {
        body.close();
      }
    }
  }
}
