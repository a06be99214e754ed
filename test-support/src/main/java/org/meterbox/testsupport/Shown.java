// SPDX-License-Identifier: Apache-2.0
package org.meterbox.testsupport;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Told by running tests what they have just observed. It counts only where the test then succeeds,
 * and stands under that test's name in {@code target/coverage} of its room; {@code ./meterbox
 * coverage} sums up. Outside a test, telling has no effect. Safe for use by many threads.
 */
public final class Shown {
  private static final Set<Item> SEEN = ConcurrentHashMap.newKeySet();

  private Shown() {}

  /**
   * Something observed.
   *
   * @param kind the key under which the coverage report counts it
   * @param name the entry under that key
   */
  record Item(String kind, String name) {}

  /** A non-device service was carried out. */
  public static void service(ServiceReferenceVariant service) {
    show("services", service.value());
  }

  /** A device of this type has answered the service, and its answer reached the sender. */
  public static void service(ServiceReferenceVariant service, DeviceType device) {
    service(service);
    show("servicesByDevice", service.value() + " " + device.name());
  }

  /**
   * A virtual device has answered a command of this use case, or has sent its alert.
   *
   * @param messageCode 0 to 65535
   */
  public static void useCase(int messageCode) {
    show("useCases", hex(messageCode));
  }

  /** The DSP has sent this code. */
  public static void responseCode(ResponseCode code) {
    show("responseCodes", code.code());
  }

  /** The DSP has sent this alert. */
  public static void dccAlert(DccAlertCode code) {
    show("dccAlerts", code.code());
  }

  /**
   * A virtual device has raised this alert.
   *
   * @param code 0 to 65535
   */
  public static void deviceAlert(int code) {
    show("deviceAlerts", hex(code));
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "%04X", code);
  }

  private static void show(String kind, String name) {
    SEEN.add(new Item(kind, name));
  }

  /** What was told since it was taken last. */
  static Set<Item> take() {
    Set<Item> taken = Set.copyOf(SEEN);
    SEEN.removeAll(taken);
    return taken;
  }
}
