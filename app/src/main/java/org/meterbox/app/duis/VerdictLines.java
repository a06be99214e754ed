// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.meterbox.app.files.InputFile;
import org.meterbox.duis.DocumentVerdict;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line for each document: a verdict, the file, and for what is not valid where and why.
 *
 * @param json whether a line is a JSON object, for programs, or text in columns, for persons
 * @param out where the lines go
 * @param err where it is said that there is nothing to look at
 */
record VerdictLines(boolean json, PrintWriter out, PrintWriter err) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A longer name moves the rest of its line to the right. */
  private static final int MAX_NAME_COLUMNS = 80;

  /**
   * Looks at all documents, in the order of their paths.
   *
   * @param check what to find out about a file of this name and content
   * @return whether there was a document and all of them are valid
   */
  boolean print(List<Path> paths, BiFunction<String, Octets, DocumentVerdict> check)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    boolean allValid = true;
    for (Path path : paths) {
      List<InputFile> found = InputFile.of(path, ".xml");
      if (found.isEmpty()) {
        err.println(path + ": there is no file named *.xml in it");
        allValid = false;
      }
      files.addAll(found);
    }
    int width = files.stream().mapToInt(file -> file.name().length()).max().orElse(0);
    for (InputFile file : files) {
      DocumentVerdict verdict = verdict(file, check);
      out.println(json ? json(verdict) : text(verdict, Math.min(width, MAX_NAME_COLUMNS)));
      allValid &= verdict.valid();
    }
    out.flush();
    return allValid;
  }

  private static DocumentVerdict verdict(
      InputFile file, BiFunction<String, Octets, DocumentVerdict> check) {
    try {
      return check.apply(file.name(), file.read(XmlLimits.DUIS.octets()));
    } catch (IOException unreadable) {
      return DocumentVerdict.bad(
          file.name(), Refusal.ofDocument(Fault.MALFORMED, "unreadable", reason(unreadable)));
    }
  }

  static String reason(IOException unreadable) {
    return unreadable instanceof NoSuchFileException
        ? "there is no such file"
        : "cannot be read: " + unreadable.getMessage();
  }

  private static String text(DocumentVerdict verdict, int width) {
    String found =
        verdict
            .error()
            .map(Refusal::toString)
            .or(() -> verdict.signer().map(who -> "signed by " + who))
            .orElse("");
    String name = verdict.file() + " ".repeat(Math.max(0, width - verdict.file().length()));
    return String.format(
            Locale.ROOT, "%-7s  %s  %s", verdict.valid() ? "valid" : "invalid", name, found)
        .strip();
  }

  private static String json(DocumentVerdict verdict) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", verdict.file());
    line.put("valid", verdict.valid());
    verdict
        .error()
        .ifPresentOrElse(fault -> put(line.putObject("error"), fault), () -> line.putNull("error"));
    verdict.signer().ifPresent(signer -> put(line.putObject("signer"), signer));
    return line.toString();
  }

  private static void put(ObjectNode object, Refusal fault) {
    object.put("line", fault.line());
    object.put("column", fault.column());
    object.put("rule", fault.rule());
    object.put("message", fault.message());
  }

  private static void put(ObjectNode object, Signer signer) {
    object.put("party", signer.eui64().dashed());
    object.put("role", signer.role().name());
  }
}
