// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meterbox.dsp.access.WebService;
import org.meterbox.duis.xml.XmlLimits;

/**
 * How long a posted document may be and how many are read at the same time. Nothing else is known
 * of a document before it has been read, so places are given by its length: long documents never
 * keep short ones out, and every supply command and top-up is short. Safe for use by many threads.
 */
public final class DocumentLimits {
  /** Octets of a short document: supply commands and top-ups have below 4 KB. */
  public static final int SHORT_MAX = 64 * 1024;

  /** Short documents that are read at the same time. */
  public static final int SHORT_PLACES = 64;

  /** Documents above {@link #SHORT_MAX} for one device that are read at the same time. */
  public static final int ONE_DEVICE_PLACES = 8;

  /** Documents with a firmware image that are read, checked and stored at the same time. */
  public static final int FIRMWARE_PLACES = 2;

  /** How long a document waits to be read: below the three seconds that clients wait for us. */
  public static final Duration WAIT_MAX = Duration.ofSeconds(2);

  /** Update Firmware and Update PPMID Firmware: an image and up to 50,000 devices (DUIS 5.4). */
  private static final Set<String> FIRMWARE_SERVICES = Set.of("11.1", "11.4");

  private final Semaphore shortPlaces = new Semaphore(SHORT_PLACES, true);
  private final Semaphore oneDevicePlaces = new Semaphore(ONE_DEVICE_PLACES, true);
  private final Semaphore firmwarePlaces = new Semaphore(FIRMWARE_PLACES, true);

  /** A place that was given; closing gives it back, once. */
  public interface Place extends AutoCloseable {
    /**
     * The document has been read. A place for a shorter one is given back then, so that whoever
     * waits to be worked on keeps no reader out; a firmware document keeps its place to the end.
     */
    void documentRead();

    @Override
    void close();
  }

  private static final class Taken implements Place {
    private final Semaphore places;
    private final AtomicBoolean given = new AtomicBoolean();

    private final boolean toTheEnd;

    Taken(Semaphore places, boolean toTheEnd) {
      this.places = places;
      this.toTheEnd = toTheEnd;
    }

    @Override
    public void documentRead() {
      if (!toTheEnd) {
        close();
      }
    }

    @Override
    public void close() {
      if (!given.getAndSet(true)) {
        places.release();
      }
    }
  }

  /** The longest document that a web service takes, in octets: firmware is for Non-Device only. */
  public static int octetsMax(WebService service) {
    return switch (service) {
      case SEND_COMMAND, TRANSFORM -> XmlLimits.ONE_DEVICE.octets();
      case NON_DEVICE -> XmlLimits.DUIS.octets();
    };
  }

  /** Whether a document of this length needs to bring firmware to be taken. */
  public static boolean isLong(int octets) {
    return octets > XmlLimits.ONE_DEVICE.octets();
  }

  /** Whether requests of this service reference may be long. */
  public static boolean mayBeLong(String serviceReference) {
    return FIRMWARE_SERVICES.contains(serviceReference);
  }

  /** A place to read a document of this length, where there is one in time. */
  public Optional<Place> enter(int octets) {
    Semaphore places = octets <= SHORT_MAX ? shortPlaces : longPlaces(octets);
    try {
      return places.tryAcquire(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS)
          ? Optional.of(new Taken(places, isLong(octets)))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Semaphore longPlaces(int octets) {
    return isLong(octets) ? firmwarePlaces : oneDevicePlaces;
  }
}
