// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.up;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.app.system.Binding;
import org.meterbox.app.system.MeterboxSystem;

/**
 * What of a running system other machines reach.
 *
 * @param lines for a person, at least one
 */
record Exposure(List<String> lines) {
  /** Copies the list. */
  Exposure {
    lines = List.copyOf(lines);
  }

  /** Of a running system. */
  static Exposure of(Binding binding, MeterboxSystem system) {
    return of(
        binding,
        system.dsp().gateway().securePort(),
        system.addresses().repository().getPort(),
        system.addresses().portal().getPort(),
        system.dsp().gateway().managementPort(),
        system.addresses().operations().getPort(),
        system.dsp().gateway().plainPort().stream().toList());
  }

  /** Of listeners on these ports. */
  static Exposure of(
      Binding binding,
      int gateway,
      int repository,
      int portal,
      int operators,
      int operations,
      List<Integer> boxed) {
    List<String> lines = new ArrayList<>();
    if (Binding.isExposed(binding.users())) {
      add(lines, binding.users(), gateway, "gateway: HTTPS, users' certificates");
      add(lines, binding.users(), portal, "portal: HTTPS, people's certificates");
      add(lines, binding.users(), repository, "repository: HTTP, anybody, public data only");
      boxed.forEach(
          port -> add(lines, binding.users(), port, "boxed: HTTP without TLS, published keys"));
    }
    if (Binding.isExposed(binding.operators())) {
      add(lines, binding.operators(), operators, "operators: HTTP, anybody: put a proxy before it");
      add(lines, binding.operators(), operations, "pages: HTTP, anybody: put a proxy before it");
    }
    return new Exposure(
        lines.isEmpty()
            ? List.of("exposed     nothing: only this machine is served (see --bind)")
            : lines);
  }

  private static void add(List<String> lines, InetAddress address, int port, String what) {
    lines.add(
        String.format(
            Locale.ROOT, "EXPOSED     %s port %s  %s", Binding.text(address), port, what));
  }
}
