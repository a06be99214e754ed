// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Reads request bodies, each up to a bound and all together up to a bound. Memory is taken as
 * octets arrive, never as a header announces them. Safe for use by many threads.
 */
public final class BodyReader {
  private static final int STEP = 16 * 1024;

  private final Semaphore steps;

  /**
   * A reader.
   *
   * @param allBodiesMax octets of bodies held at the same time by all requests together
   */
  public BodyReader(int allBodiesMax) {
    this.steps = new Semaphore(Math.ceilDiv(allBodiesMax, STEP));
  }

  /** A body in memory; closing says that it is not needed any more. */
  public final class Body implements AutoCloseable {
    private final OctetWriter content = new OctetWriter(4 * 1024);
    private int stepsTaken;

    private Body() {}

    /** What was received. */
    public Octets octets() {
      return content.toOctets();
    }

    @Override
    public void close() {
      steps.release(stepsTaken);
    }
  }

  /** Why a body was not read. */
  public static final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of reasons. */
    public enum Reason {
      /** This body is too long by itself. */
      TOO_LONG,
      /** All bodies together are too long at this moment. */
      NO_ROOM,
      /** Its chunks are not as HTTP/1.1 prescribes (RFC 9112, section 7.1). */
      MALFORMED;

      /** The HTTP status that says so. */
      public Status status() {
        return switch (this) {
          case TOO_LONG -> Status.REQUEST_ENTITY_TOO_LARGE_413;
          case NO_ROOM -> Status.SERVICE_UNAVAILABLE_503;
          case MALFORMED -> Status.BAD_REQUEST_400;
        };
      }
    }

    private final Reason reason;

    BodyException(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** The kind of reason. */
    public Reason reason() {
      return reason;
    }
  }

  /**
   * Reads a request's body to its end.
   *
   * @param bodyMax octets of this body at most
   * @throws BodyException where it is refused
   * @throws IOException where it did not arrive
   */
  public Body read(ServerRequest request, int bodyMax) throws IOException, BodyException {
    try {
      // Not closed: to close what is refused would read on. The web server looks after the rest.
      return read(request.content().inputStream(), bodyMax);
    } catch (RequestException e) {
      throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413) ? tooLong(bodyMax) : malformed();
    } catch (NumberFormatException | IncorrectNewLineException e) {
      // What the web server makes of chunk sizes that are none.
      throw malformed();
    } catch (InsufficientDataAvailableException e) {
      throw new IOException("the connection ended before the body did", e);
    }
  }

  private Body read(InputStream input, int bodyMax) throws IOException, BodyException {
    Body body = new Body();
    boolean complete = false;
    try {
      byte[] buffer = new byte[STEP];
      int room = 0;
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        if (body.content.length() + read > bodyMax) {
          throw tooLong(bodyMax);
        }
        for (; room < read; room += STEP) {
          if (!steps.tryAcquire()) {
            throw new BodyException(BodyException.Reason.NO_ROOM, "too many bodies at once");
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

  private static BodyException tooLong(int bodyMax) {
    return new BodyException(
        BodyException.Reason.TOO_LONG, "the body exceeds " + bodyMax + " octets");
  }

  private static BodyException malformed() {
    return new BodyException(
        BodyException.Reason.MALFORMED,
        "a chunk of the body has no valid size or does not end as HTTP/1.1 prescribes");
  }
}
