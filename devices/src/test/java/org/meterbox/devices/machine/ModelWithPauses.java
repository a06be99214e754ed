// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** A model that does something else whenever time passes. */
record ModelWithPauses(DeviceModel<EsmeState> model, Pause pause)
    implements DeviceModel<EsmeState> {
  /** What happens whenever time passes. */
  @FunctionalInterface
  interface Pause {
    void make() throws InterruptedException;
  }

  @Override
  public Optional<Supported<EsmeState>> supported(MessageCode code) {
    return model.supported(code);
  }

  @Override
  public boolean alertsUnsupported() {
    return model.alertsUnsupported();
  }

  @Override
  public RemotePartyRole securityAlertsTo() {
    return model.securityAlertsTo();
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return model.plainAlert(code, at, counter);
  }

  @Override
  public boolean proceed(Transition<EsmeState> transition, Instant until) {
    try {
      pause.make();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return model.proceed(transition, until);
  }

  @Override
  public void settle(Transition<EsmeState> transition) {
    model.settle(transition);
  }

  @Override
  public DlmsDateTime clock(EsmeState function, Instant now) {
    return model.clock(function, now);
  }

  @Override
  public void write(EsmeState function, OctetWriter image) {
    model.write(function, image);
  }

  @Override
  public EsmeState read(OctetReader image) throws DecodeException {
    return model.read(image);
  }
}
