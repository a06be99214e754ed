// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A device's memory in one file that only its owner may read. A new image is written beside it,
 * forced to the disk and renamed over it, and the directory is forced too.
 *
 * <pre>
 * "MBDM" | version(1) | image | SHA-256 of everything before(32)
 * </pre>
 */
public final class FileDeviceMemory implements DeviceMemory {
  private static final byte[] HEADER = {'M', 'B', 'D', 'M', 1};
  private static final int DIGEST_OCTETS = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final Path beside;

  /** A memory in this file, whose directory must exist. */
  public FileDeviceMemory(Path file) {
    this.file = file.toAbsolutePath();
    this.beside = this.file.resolveSibling(this.file.getFileName() + ".new");
  }

  @Override
  public Optional<MemoryImage> load() throws MemoryFailureException {
    try {
      long size = Files.size(file);
      if (size > HEADER.length + (long) MemoryImage.MAX_OCTETS + DIGEST_OCTETS) {
        throw new MemoryFailureException(
            String.format(Locale.ROOT, "%s is too long for a memory image", file));
      }
      return Optional.of(imageIn(Files.readAllBytes(file)));
    } catch (NoSuchFileException nothingStoredYet) {
      return Optional.empty();
    } catch (IOException e) {
      throw new MemoryFailureException("cannot read " + file, e);
    }
  }

  @Override
  public void store(MemoryImage image) throws MemoryFailureException {
    byte[] octets = image.octets();
    byte[] content = Arrays.copyOf(HEADER, HEADER.length + octets.length + DIGEST_OCTETS);
    System.arraycopy(octets, 0, content, HEADER.length, octets.length);
    int digested = HEADER.length + octets.length;
    System.arraycopy(digest(content, digested), 0, content, digested, DIGEST_OCTETS);
    try {
      writeBeside(content);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory();
    } catch (IOException e) {
      throw new MemoryFailureException("cannot write " + file, e);
    }
  }

  private void writeBeside(byte[] content) throws IOException {
    // A file left over from a loss of power may have other rights; a new one never has.
    Files.deleteIfExists(beside);
    try (FileChannel channel =
        FileChannel.open(
            beside,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly())) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private void forceDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null && ownerOnly().length > 0) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private MemoryImage imageIn(byte[] content) throws MemoryFailureException {
    int digested = content.length - DIGEST_OCTETS;
    if (digested < HEADER.length
        || !Arrays.equals(HEADER, 0, HEADER.length, content, 0, HEADER.length)) {
      throw new MemoryFailureException(
          String.format(Locale.ROOT, "%s is no memory image of version 1", file));
    }
    byte[] expected = Arrays.copyOfRange(content, digested, content.length);
    if (!MessageDigest.isEqual(expected, digest(content, digested))) {
      throw new MemoryFailureException(
          String.format(Locale.ROOT, "%s is damaged: its digest does not hold", file));
    }
    return new MemoryImage(Arrays.copyOfRange(content, HEADER.length, digested));
  }

  private static byte[] digest(byte[] content, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "FileDeviceMemory[" + file + "]";
  }
}
