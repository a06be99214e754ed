// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.alert.DlmsDetail.HubDeviceLog;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.store.Store;
import org.meterbox.transform.TranslationContext.StoredLog;
import org.meterbox.transform.TranslationContext.StoredLog.JoinedDevice;
import org.meterbox.transform.TranslationContext.StoredLog.LinkKeyHash;

/**
 * The last device log that each part of a hub reported (alerts CS14 and GCS62), from which a hub
 * that replaces it is filled (service requests 8.12.1 and 8.12.2). Safe for use by many threads.
 */
public final class DeviceLogs {
  /** The use cases in which a hub part reports its log. */
  private static final Set<String> BACKUPS = Set.of("CS14", "GCS62");

  private static final String KEEP =
      """
      INSERT INTO dsp.device_log AS l (device, alert_counter, message_code, payload)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (device) DO UPDATE SET
        alert_counter = excluded.alert_counter, message_code = excluded.message_code,
        payload = excluded.payload
      WHERE excluded.alert_counter > l.alert_counter
      """;
  private static final String FIND =
      "SELECT message_code, payload FROM dsp.device_log WHERE device = ?";

  private final Store store;

  /** The logs in this store. */
  public DeviceLogs(Store store) {
    this.store = store;
  }

  /**
   * Keeps the log in an alert, unless a later alert of the device came before; other alerts are
   * left alone.
   *
   * @return the log, where it was kept
   * @throws DecodeException where the alert's payload is not as GBCS prescribes
   */
  public Optional<StoredLog> keepFrom(Alert alert) throws DecodeException {
    MessageCode code = alert.header().messageCode();
    Octets payload = alert.content().payload();
    Optional<StoredLog> log = reportsLog(code) ? log(code, payload) : Optional.empty();
    if (log.isEmpty()) {
      return log;
    }
    int kept =
        store.statement(connection -> {
          try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setLong(1, alert.header().messageId().originator().value());
            // Counters are unsigned, and here their order matters.
            statement.setBigDecimal(
                2, new BigDecimal(alert.header().messageId().counter().toString()));
            statement.setInt(3, code.value());
            statement.setBytes(4, payload.toArray());
            return statement.executeUpdate();
          }
        });
    return kept == 1 ? log : Optional.empty();
  }

  private static boolean reportsLog(MessageCode code) {
    return UseCaseCatalogue.standard()
        .find(code)
        .filter(useCase -> BACKUPS.contains(useCase.name()))
        .isPresent();
  }

  /** The last log of this hub part, where it reported one. */
  public Optional<StoredLog> find(Eui64 hubPart) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FIND)) {
        statement.setLong(1, hubPart.value());
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? read(new MessageCode(row.getInt(1)), Octets.of(row.getBytes(2)))
              : Optional.empty();
        }
      }
    });
  }

  private static Optional<StoredLog> read(MessageCode code, Octets payload) {
    try {
      return log(code, payload);
    } catch (DecodeException e) {
      throw new IllegalStateException("what was decoded before it was stored decodes again", e);
    }
  }

  /**
   * The device log in an alert's payload; empty for alerts about something else.
   *
   * @throws DecodeException where the payload is not as GBCS prescribes
   */
  public static Optional<StoredLog> log(MessageCode code, Octets payload) throws DecodeException {
    return switch (AlertPayload.decode(payload, code)) {
      case AlertPayload.Dlms dlms -> hubLog(dlms.detail());
      case AlertPayload.Asn1(var asn1) -> gasProxyLog(asn1.content());
      case AlertPayload.Gbz _, AlertPayload.Undelivered _, AlertPayload.OtherNotification _ ->
          Optional.empty();
    };
  }

  private static Optional<StoredLog> hubLog(DlmsDetail detail) {
    if (!(detail instanceof HubDeviceLog log)) {
      return Optional.empty();
    }
    List<LinkKeyHash> entries =
        log.devices().stream()
            .map(device -> new LinkKeyHash(device.device(), device.linkKeyHash()))
            .toList();
    Octets panId = new OctetWriter(Long.BYTES).u64(log.extendedPanId().value()).toOctets();
    return Optional.of(new StoredLog.OfHub(panId, entries));
  }

  private static Optional<StoredLog> gasProxyLog(Asn1Content content) {
    return content instanceof DeviceLogBackup backup
        ? Optional.of(
            new StoredLog.OfGasProxy(
                backup.entries().stream()
                    .map(entry -> new JoinedDevice(entry.device(), entry.typeCode()))
                    .toList()))
        : Optional.empty();
  }
}
