// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.registration.RegistrationImport.Report;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.World;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Files of registration data, into a running DSP. */
final class RegistrationImportTest {
  private static final String HEADER = "H,1,ELEC-EAST,7\n";
  private static final String GAINING = World.OTHER_SUPPLIER.id().dashed();
  private final World world = World.open();
  private final RegistrationImport registrations =
      new RegistrationImport(world.store, world.dsp().users(), world.clock);

  @AfterEach
  void close() {
    world.close();
  }

  private Report take(String file) throws IOException {
    return registrations.take(() -> new StringReader(file), _ -> {});
  }

  private List<String> stored() {
    return world.query(
        "SELECT concat_ws(' ', mpxn, role, valid_until IS NULL) FROM dsp.registration"
            + " ORDER BY mpxn, role, valid_from");
  }

  private ResponseCode reads(Party party) {
    return world.send(party, WebService.SEND_COMMAND, world.readRegisters(party)).code();
  }

  // The effective date alone decides who may ask.
  @Test
  void aSwitchTakesEffectOnItsDate() throws IOException {
    String from = world.clock.instant().plusSeconds(3600).toString();
    Report report = take(HEADER + "R," + World.MPAN + ",IS," + GAINING + "," + from + ",\nZ,1\n");
    assertThat(report).isInstanceOf(Report.Taken.class);
    assertThat(reads(World.SUPPLIER)).isEqualTo(ResponseCode.I99);
    assertThat(reads(World.OTHER_SUPPLIER)).isEqualTo(ResponseCode.E4);
    world.clock.advance(Duration.ofHours(1));
    assertThat(reads(World.SUPPLIER)).isEqualTo(ResponseCode.E4);
    assertThat(reads(World.OTHER_SUPPLIER)).isEqualTo(ResponseCode.I99);
  }

  @Test
  void aWrongRecordIsRejectedAndTheOthersAreTaken() throws IOException {
    Report report =
        take(
            HEADER
                + "R,9999999999999,IS,"
                + GAINING
                + ",2026-01-01T00:00:00Z,\n"
                + "R,7654321,IS,"
                + GAINING
                + ",2026-01-01T00:00:00Z,\n"
                + "R,9999999999999,ED,"
                + GAINING
                + ",2026-01-01T00:00:00Z,\n"
                + "R,9999999999999,IS,00-00-00-00-00-00-00-01,2026-01-01T00:00:00Z,\n"
                + "R,9999999999999,IS,"
                + GAINING
                + ",tomorrow,\n"
                + "P,9999999999999,12x,,\n"
                + "X\n"
                + "P,9999999999999,12,M22 0RR,12a\n"
                + "Z,8\n");
    assertThat(report)
        .isInstanceOfSatisfying(
            Report.Taken.class,
            taken -> {
              assertThat(taken.accepted()).isEqualTo(2);
              assertThat(taken.rejections())
                  .extracting(RegistrationImport.Rejection::line)
                  .containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
            });
    assertThat(stored()).contains("9999999999999 IS t");
    assertThat(world.query("SELECT uprn::text FROM dsp.meter_point")).containsExactly("12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "R,1,GS | the first line is no header H,1,PROVIDER,NUMBER",
        "H,1,ELEC-EAST,7~P,12,,, | the file ends without a trailer Z,RECORDS",
        "H,1,ELEC-EAST,7~P,12,,,~Z,2 | the trailer counts 2 records, the file has 1",
        "H,1,ELEC-EAST,7~P,12,,,~Z,1~P,13,,, | something follows the trailer",
        "H,1,ELEC-EAST,7~H,1,ELEC-EAST,8~Z,1 | a second header"
      })
  void aWrongFileLeavesNothingBehind(String file, String why) throws IOException {
    List<String> before = stored();
    assertThat(take(file.replace("~", "\n") + "\n"))
        .isInstanceOfSatisfying(
            Report.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
    assertThat(stored()).isEqualTo(before);
    assertThat(world.query("SELECT mpxn FROM dsp.meter_point")).isEmpty();
  }

  // A gap or a repetition of the provider's numbers is refused.
  @Test
  void theFilesOfAProviderFollowEachOther() throws IOException {
    assertThat(take("H,1,A,5\nZ,0\n")).isInstanceOf(Report.Taken.class);
    assertThat(take("H,1,A,5\nZ,0\n")).isInstanceOf(Report.Refused.class);
    assertThat(take("H,1,A,7\nZ,0\n")).isInstanceOf(Report.Refused.class);
    assertThat(take("H,1,A,6\nZ,0\n")).isInstanceOf(Report.Taken.class);
    assertThat(take("H,1,B,1\nZ,0\n")).isInstanceOf(Report.Taken.class);
  }

  // Two switches of one meter point in one file: each ends the one before.
  @Test
  void oneMeterPointMayComeTwice() throws IOException {
    String supplier = World.SUPPLIER.id().dashed();
    take(
        HEADER
            + "R,9999999999999,IS,"
            + supplier
            + ",2026-01-01T00:00:00Z,\n"
            + "R,9999999999999,IS,"
            + GAINING
            + ",2026-02-01T00:00:00Z,\n"
            + "R,9999999999999,IS,"
            + supplier
            + ",2026-03-01T00:00:00Z,\nZ,3\n");
    assertThat(stored()).contains("9999999999999 IS f", "9999999999999 IS t");
    assertThat(stored()).filteredOn(line -> line.equals("9999999999999 IS t")).hasSize(1);
  }

  // A line of any length costs no more memory than one that counts.
  @Test
  void anEndlessLineIsRejected() throws IOException {
    Reader endless =
        new Reader() {
          private int given;

          @Override
          public int read(char[] buffer, int offset, int length) {
            String text = HEADER;
            int total = text.length() + 10_000_000;
            if (given >= total + 5) {
              return -1;
            }
            char next =
                given < text.length()
                    ? text.charAt(given)
                    : given < total ? 'R' : "\nZ,1\n".charAt(given - total);
            given++;
            buffer[offset] = next;
            return 1;
          }

          @Override
          public void close() {}
        };
    assertThat(registrations.take(() -> endless, _ -> {}))
        .isInstanceOfSatisfying(
            Report.Taken.class, taken -> assertThat(taken.rejected()).isEqualTo(1));
  }
}
