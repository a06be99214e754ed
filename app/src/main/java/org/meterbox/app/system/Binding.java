// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterbox.smki.dccki.TlsIssuer;
import org.meterbox.smki.profile.CertificateSubject;

/**
 * The interfaces of this machine on which a system listens, and the names by which others reach it
 * there.
 *
 * @param users where DCC Users and people reach it: gateway, SMKI Repository, portal, plain HTTP
 * @param operators where health, metrics and diagnostics are read; nobody is asked who they are
 * @param hostNames further names of this machine, for the certificates of its servers
 */
public record Binding(InetAddress users, InetAddress operators, List<String> hostNames) {
  /** Reached from this machine only. */
  public static final Binding LOOPBACK = new Binding(loopback(), loopback(), List.of());

  /** Copies the list. */
  public Binding {
    hostNames = List.copyOf(hostNames);
  }

  /**
   * The address that a person named: an address, or a name of this machine.
   *
   * @throws IOException where it is neither
   */
  public static InetAddress address(String text) throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(text);
    } catch (UnknownHostException unknown) {
      throw new IOException("no address is called " + text, unknown);
    }
    if (!address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && NetworkInterface.getByInetAddress(address) == null) {
      throw new IOException("no interface of this machine has the address " + text);
    }
    return address;
  }

  /** What a program on this machine calls a server that listens on this address. */
  public static String host(InetAddress address) {
    if (address.equals(LOOPBACK.users()) || address.isAnyLocalAddress()) {
      return "localhost";
    }
    String text = text(address);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** The address of a server for programs on this machine. */
  static URI uri(String scheme, InetAddress address, int port) {
    return URI.create(scheme + "://" + host(address) + ":" + port);
  }

  /** Whether other machines reach what listens there. */
  public static boolean isExposed(InetAddress address) {
    return !address.isLoopbackAddress();
  }

  /** The address in figures, as listeners take it. */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /**
   * The names and addresses for the certificates of the servers that users reach, {@link
   * CertificateSubject#HOSTS_MAX} at most: those of this machine alone first, then those that a
   * person gave, then the address listened on, or, where it is every address, all there are.
   *
   * @throws IOException where the machine's interfaces cannot be read, or too many names were given
   */
  List<String> certificateHosts() throws IOException {
    return hosts(users);
  }

  /**
   * The names and addresses under which whoever runs the system reaches it; as {@link
   * #certificateHosts} those for users.
   *
   * @throws IOException where the machine's interfaces cannot be read, or too many names were given
   */
  List<String> operatorHosts() throws IOException {
    return hosts(operators);
  }

  private List<String> hosts(InetAddress listening) throws IOException {
    Set<String> hosts = new LinkedHashSet<>(TlsIssuer.LOCAL_HOSTS);
    hosts.addAll(hostNames);
    if (hosts.size() >= CertificateSubject.HOSTS_MAX) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a certificate has room for %s names besides this machine's own; leave out some",
              CertificateSubject.HOSTS_MAX - TlsIssuer.LOCAL_HOSTS.size() - 1));
    }
    if (listening.isAnyLocalAddress()) {
      hosts.add(InetAddress.getLocalHost().getHostName());
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        network
            .inetAddresses()
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .map(Binding::text)
            .forEach(hosts::add);
      }
    } else {
      hosts.add(text(listening));
    }
    return hosts.stream().limit(CertificateSubject.HOSTS_MAX).toList();
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException neverOfFourOctets) {
      throw new IllegalStateException(neverOfFourOctets);
    }
  }
}
