// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.Octets;

/**
 * A stranger's document costs memory in proportion to its length, whatever it is made of. Octets
 * allocated are counted, not time: they hang on nothing but the document.
 */
final class LinearReadingTest {
  private static final int SHORT = 1024 * 1024;
  private static final int TIMES = 8;

  /** Above the factor that a linear reader has, far below the 64 of a quadratic one. */
  private static final double GROWTH_MAX = TIMES * 1.5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What long documents can be made of. */
  enum Shape {
    BLANKS,
    LINE_ENDS,
    BLANKS_AS_REFERENCES,
    BLANKS_BETWEEN_COMMENTS,
    BLANKS_IN_CDATA,
    ONE_COMMENT,
    ONE_INSTRUCTION,
    LONG_VALUE,
    LONG_NAME,
    LONG_ATTRIBUTE,
    BRACES,
    LONG_COUNTER;

    Octets document(int n) {
      return Octets.of(text(n).getBytes(StandardCharsets.UTF_8));
    }

    private String text(int n) {
      return switch (this) {
        case BLANKS -> request(" ".repeat(n), "");
        case LINE_ENDS -> request("\r\n".repeat(n / 2), "");
        case BLANKS_AS_REFERENCES -> request("&#x20;".repeat(n / 6), "");
        // As many as the bound on markup lets pass.
        case BLANKS_BETWEEN_COMMENTS -> request(" <!---->".repeat(n / 200), "");
        case BLANKS_IN_CDATA -> request("", "<![CDATA[" + " ".repeat(n) + "]]>");
        case ONE_COMMENT -> request("<!--" + "x".repeat(n) + "-->", "");
        case ONE_INSTRUCTION -> request("<?x " + "y".repeat(n) + "?>", "");
        case LONG_VALUE -> request("", "<sr:Unknown>" + "1".repeat(n) + "</sr:Unknown>");
        case LONG_NAME -> request("", "<sr:" + "a".repeat(n) + "/>");
        case LONG_ATTRIBUTE -> request("", "<sr:Unknown a=\"" + "&lt;".repeat(n / 4) + "\"/>");
        case BRACES -> request("", "<sr:Unknown a=\"{" + "a, ".repeat(n / 3) + "\"/>");
        case LONG_COUNTER -> LinearReadingTest.text("0".repeat(n) + "1", "", "");
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void memoryGrowsWithTheLengthAndNoFaster(Shape shape) {
    Octets once = shape.document(SHORT);
    Octets often = shape.document(TIMES * SHORT);
    long warm = allocated(once);
    assertThat(warm).isPositive();
    double growth = (double) allocated(often) / allocated(once);
    assertThat(growth).isLessThan(GROWTH_MAX);
  }

  private static long allocated(Octets document) {
    long thread = Thread.currentThread().threadId();
    // A new one each time: parsers keep their buffers for the next document.
    DuisReader reader = new DuisReader();
    long before = THREADS.getThreadAllocatedBytes(thread);
    Reading<ServiceRequest> reading = reader.readRequest(document);
    long after = THREADS.getThreadAllocatedBytes(thread);
    assertThat(reading).isNotNull();
    return after - before;
  }

  private static String request(String betweenElements, String inBody) {
    return text("1000", betweenElements, inBody);
  }

  private static String text(String counter, String betweenElements, String inBody) {
    return "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
        + " schemaVersion=\"5.4\"><sr:Header><sr:RequestID>90-B3-D5-1F-30-01-00-00:"
        + "00-DB-12-34-56-78-90-A0:"
        + counter
        + "</sr:RequestID><sr:CommandVariant>1</sr:CommandVariant>"
        + "<sr:ServiceReference>4.1</sr:ServiceReference>"
        + "<sr:ServiceReferenceVariant>4.1.1</sr:ServiceReferenceVariant></sr:Header>"
        + betweenElements
        + "<sr:Body>"
        + betweenElements
        + "<sr:ReadInstantaneousImportRegisters/>"
        + inBody
        + "</sr:Body></sr:Request>";
  }
}
