// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeviceMemoryTest {
  @TempDir Path directory;

  @Test
  void isEmptyBeforeTheFirstImage() throws Exception {
    assertThat(memory().load()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000})
  void givesBackTheLastImage(int octets) throws Exception {
    memory().store(image(3, 7));
    memory().store(image(octets, 9));
    assertThat(memory().load()).contains(image(octets, 9));
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    memory().store(image(10, 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  /** A loss of power leaves such a file; it must neither be read nor keep others from writing. */
  @Test
  void aHalfWrittenImageBesideChangesNothing() throws Exception {
    memory().store(image(10, 1));
    Path beside = directory.resolve("meter.device.new");
    Files.write(beside, new byte[] {1, 2, 3});
    assertThat(memory().load()).contains(image(10, 1));
    memory().store(image(10, 2));
    assertThat(memory().load()).contains(image(10, 2));
    assertThat(beside).doesNotExist();
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    memory().store(image(20, 1));
    byte[] content = Files.readAllBytes(file());
    for (int octet = 0; octet < content.length; octet++) {
      byte[] damaged = content.clone();
      damaged[octet] ^= 0x10;
      assertDamaged(damaged);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws Exception {
    memory().store(image(20, 1));
    byte[] content = Files.readAllBytes(file());
    for (int length = 0; length < content.length; length++) {
      assertDamaged(java.util.Arrays.copyOf(content, length));
    }
    assertDamaged(java.util.Arrays.copyOf(content, content.length + 1));
  }

  @Test
  void saysThatItCannotWriteWhereThereIsNoDirectory() {
    FileDeviceMemory nowhere = new FileDeviceMemory(directory.resolve("no/such/meter.device"));
    assertThatThrownBy(() -> nowhere.store(image(1, 1))).isInstanceOf(MemoryFailureException.class);
  }

  @Test
  void refusesAnImageThatIsTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryImage(new byte[MemoryImage.MAX_OCTETS + 1]));
  }

  @Test
  void anImageNeverPrintsItsContent() {
    assertThat(new MemoryImage(new byte[] {0x5E, 0x5E}).toString())
        .contains("redacted")
        .doesNotContainIgnoringCase("5E")
        .doesNotContain("94");
  }

  private void assertDamaged(byte[] content) throws IOException {
    Files.write(file(), content);
    assertThatThrownBy(() -> memory().load()).isInstanceOf(MemoryFailureException.class);
  }

  private FileDeviceMemory memory() {
    return new FileDeviceMemory(file());
  }

  private Path file() {
    return directory.resolve("meter.device");
  }

  private static MemoryImage image(int octets, int fill) {
    byte[] content = new byte[octets];
    java.util.Arrays.fill(content, (byte) fill);
    return new MemoryImage(content);
  }
}
