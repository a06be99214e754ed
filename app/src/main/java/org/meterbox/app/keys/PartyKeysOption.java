// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.adapter.certificates.RepositoryKeys;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.app.files.InputPath;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.correlate.keys.KeySources;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.correlate.keys.TokenKeys;
import org.meterbox.crypto.Pkcs11Token;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * Where Parse and Correlate finds certificates, and the keys of those whose messages it reads: in a
 * security module first, then in a directory, then in the SMKI Repository.
 */
public final class PartyKeysOption {
  private static final int PIN_OCTETS_MAX = 256;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = {
        "Directory with keys in PEM: NAME.pem holds a certificate or a public key, NAME.key beside"
            + " it the private key. A NAME of an EUI-64 with -ds, -ka or -pp-ka says whose key it"
            + " is; other certificates say it themselves. Issuers and dates are not checked."
      })
  @InputPath(purpose = "the parties' keys", hint = InputPath.KEYS_HINT, folder = true)
  private @Nullable Path directory;

  @ArgGroup(exclusive = false)
  private @Nullable Repository repository;

  @ArgGroup(exclusive = false)
  private @Nullable Token token;

  /** The SMKI Repository. */
  static final class Repository {
    @Option(
        names = "--smki",
        paramLabel = "URL",
        required = true,
        description = "Query interface of an SMKI Repository, e.g. http://127.0.0.1:8083")
    private URI address = URI.create("");

    @Option(
        names = "--authorities",
        paramLabel = "FILE",
        required = true,
        description = {
          "PEM file with the issuing authorities; the repository's certificates count only where one"
              + " of them vouches."
        })
    @InputPath(
        purpose = "the issuing authorities",
        hint = "./meterbox up writes them to authorities.pem in its data folder")
    private Path authorities = Path.of("");
  }

  /** A security module with the own keys. */
  static final class Token {
    @Option(
        names = "--pkcs11-library",
        paramLabel = "FILE",
        required = true,
        description = "PKCS#11 library of the security module with the own private keys")
    @InputPath(purpose = "the security module's PKCS#11 library")
    private Path library = Path.of("");

    @Option(
        names = "--pkcs11-slot",
        paramLabel = "INDEX",
        defaultValue = "0",
        description = "which of its slots, counted from 0 (default: ${DEFAULT-VALUE})")
    private int slot;

    @Option(
        names = "--pin-file",
        paramLabel = "FILE",
        required = true,
        description = "file with the user's PIN and nothing else")
    @InputPath(purpose = "the PIN of the security module's user")
    private Path pinFile = Path.of("");
  }

  /**
   * The keys in use; closing lets go of repository and module.
   *
   * @param keys all sources as one
   */
  public record Opened(
      PartyKeys keys, Optional<SmkiRepositoryClient> repository, Optional<Pkcs11Token> module)
      implements AutoCloseable {
    @Override
    public void close() {
      repository.ifPresent(SmkiRepositoryClient::close);
      module.ifPresent(Pkcs11Token::close);
    }
  }

  /**
   * Opens the sources and says what in them could not be read.
   *
   * @throws IOException where a source cannot be opened
   */
  public Opened open(PrintWriter complaints) throws IOException {
    List<PartyKeys> sources = new ArrayList<>();
    Optional<Pkcs11Token> module = token == null ? Optional.empty() : Optional.of(open(token));
    if (module.isPresent()) {
      TokenKeys keys = TokenKeys.of(module.get());
      keys.faults().forEach(complaints::println);
      sources.add(keys);
    }
    if (directory != null) {
      KeyDirectory keys = KeyDirectory.read(directory);
      keys.faults().forEach(complaints::println);
      sources.add(keys);
    }
    Optional<SmkiRepositoryClient> client = Optional.empty();
    if (repository != null) {
      InstantSource clock = InstantSource.system();
      List<X509Certificate> authorities = TrustFile.read(repository.authorities);
      client = Optional.of(new SmkiRepositoryClient(repository.address));
      sources.add(
          RepositoryKeys.certificatesOnly(
              client.get(), new TrustedAuthorities(authorities, clock), clock));
    }
    return new Opened(KeySources.of(sources), client, module);
  }

  private static Pkcs11Token open(Token token) throws IOException {
    char[] pin = pin(token.pinFile);
    try {
      return Pkcs11Token.open(token.library, token.slot, pin);
    } catch (IllegalStateException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  /** The file's first line. */
  private static char[] pin(Path file) throws IOException {
    byte[] octets;
    try (InputStream stream = Files.newInputStream(file)) {
      octets = stream.readNBytes(PIN_OCTETS_MAX);
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
    int length = 0;
    while (length < text.length() && text.get(length) >= ' ') {
      length++;
    }
    char[] pin = Arrays.copyOf(text.array(), length);
    Arrays.fill(octets, (byte) 0);
    Arrays.fill(text.array(), '\0');
    return pin;
  }
}
