// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The rules that hold the house up (docs/architecture.md), over every class of every room. An
 * exception to a rule stands here with its reason, or it does not exist.
 */
final class ArchitectureTest {
  private static final String HOUSE = "org.meterbox.";

  /** Fewer classes than this means that the scan went wrong, not that the house shrank. */
  private static final int CLASSES_MIN = 300;

  /** Which rooms a room may import, beside itself. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("crypto", Set.of("kernel")),
          Map.entry("gbcs", Set.of("kernel", "crypto")),
          Map.entry("duis", Set.of("kernel", "crypto")),
          // These two must never meet: correlate is there to catch a lying transform.
          Map.entry("transform", Set.of("duis", "gbcs", "kernel", "crypto")),
          Map.entry("correlate", Set.of("duis", "gbcs", "kernel", "crypto")),
          Map.entry("store", Set.of()),
          // What every listener needs against strangers: no room may have a limit of its own kind.
          Map.entry("http", Set.of("kernel")),
          Map.entry("smki", Set.of("crypto", "kernel", "store")),
          Map.entry("wan", Set.of("kernel")),
          Map.entry("devices", Set.of("gbcs", "crypto", "kernel")),
          Map.entry(
              "dsp",
              Set.of(
                  "transform", "duis", "gbcs", "smki", "wan", "store", "http", "kernel", "crypto")),
          // Shows every part of the system; only the SMKI Portal in it changes something.
          Map.entry(
              "portal",
              Set.of("smki", "dsp", "devices", "store", "http", "kernel", "crypto", "gbcs")),
          // A user's own side trusts the DSP with nothing, so it shares no code with it either.
          Map.entry(
              "adapter", Set.of("correlate", "duis", "gbcs", "crypto", "kernel", "store", "http")),
          Map.entry(
              "app",
              Set.of(
                  "kernel",
                  "crypto",
                  "gbcs",
                  "duis",
                  "transform",
                  "correlate",
                  "store",
                  "http",
                  "smki",
                  "wan",
                  "devices",
                  "dsp",
                  "portal",
                  "adapter")),
          Map.entry(
              "bench",
              Set.of(
                  "kernel",
                  "crypto",
                  "gbcs",
                  "duis",
                  "transform",
                  "correlate",
                  "store",
                  "http",
                  "smki",
                  "wan",
                  "devices",
                  "dsp",
                  "portal",
                  "adapter",
                  "app")),
          // Only tests use it.
          Map.entry("testsupport", Set.of("gbcs", "kernel")),
          Map.entry("conformance", Set.of()));

  /** Rooms that decide and translate only: no file, no socket, no database, no thread. */
  private static final Set<String> PURE_ROOMS =
      Set.of("kernel", "gbcs", "duis", "transform", "correlate");

  /** Where clock, chance, threads and the terminal are wired. */
  private static final Set<String> WIRING = Set.of("app", "bench");

  /**
   * Who may catch everything, each with the reason why it is the edge of a thread or connection.
   */
  private static final Map<String, String> EDGES =
      Map.ofEntries(
          Map.entry(
              "org.meterbox.wan.HubLine",
              "one hub's faulty connection must not stop the line's worker"),
          Map.entry(
              "org.meterbox.wan.InProcessWan",
              "one faulty listener must not keep the others from their reports"),
          Map.entry(
              "org.meterbox.smki.revocation.RevocationListTimer",
              "the edge of the timer's thread: one failed turn must not end the signing of lists"),
          Map.entry(
              "org.meterbox.app.system.HomeTimer",
              "the edge of the timer's thread: one failed turn must not make time stand still at home"),
          Map.entry(
              "org.meterbox.portal.smki.service.BatchWorker",
              "the edge of the worker's thread: one faulty batch must not stop the others"),
          Map.entry(
              "org.meterbox.portal.events.EventFeed",
              "the edge of its thread: one failed look must not end the telling of events"),
          Map.entry(
              "org.meterbox.dsp.delivery.Courier",
              "the edge of a worker's thread: one faulty push must not stop a user's other notices"),
          Map.entry(
              "org.meterbox.dsp.intake.ClaimedWork",
              "the edge of a look at what is due: one faulty piece of work must not keep the others"),
          Map.entry(
              "org.meterbox.dsp.timers.Timers",
              "counts a timer's fault and passes it on to the scheduler"),
          Map.entry(
              "org.meterbox.adapter.requests.RequestService",
              "the edge of a worker's thread: its request stays as stored and is taken up again"),
          Map.entry(
              "org.meterbox.adapter.service.AdapterServer",
              "the edge of a connection: whoever waits for an answer gets a problem document"),
          Map.entry(
              "org.meterbox.store.EmbeddedServer",
              "the edge of the watching thread: that nobody watches any more must be told"),
          Map.entry(
              "org.meterbox.store.GroupCommit",
              "the edge of a group's work: nobody may wait for ever for a fault of our own"),
          Map.entry(
              "org.meterbox.app.system.MeterboxSystem",
              "the end of the process: what fails to close must not keep the rest open"));

  private static final Map<String, String> GENERATED_PACKAGES =
      Map.of(
          "org.meterbox.portal.template",
          "jte compiles the templates of pages into it, and empties it before that");

  private static final Map<String, String> FILE_READERS_IN_PURE_ROOMS =
      Map.of(
          "org.meterbox.correlate.keys.KeyDirectory",
          "reads a user's folder of key files once, at the start of Parse and Correlate");

  private static final Map<String, String> PRIMITIVES_OUTSIDE_CRYPTO =
      Map.of(
          "org.meterbox.smki.ceremony.ShareFile",
          "a custodian's share at rest under a passphrase; no message cryptography");

  /** Rooms whose root package holds both the way in and the words of its answers. */
  private static final Set<String> ROOT_AND_PARTS_DEPEND_ON_EACH_OTHER =
      Set.of("correlate", "transform");

  private static final Set<String> PRIMITIVES =
      Set.of(
          "javax.crypto.Cipher",
          "javax.crypto.Mac",
          "javax.crypto.KeyAgreement",
          "java.security.Signature");

  private static final JavaClasses HOUSE_CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.meterbox");

  // The compiler refuses calls that format without a locale; method references it lets pass.
  @Test
  void noMethodReferenceFormatsWithoutALocale() {
    Set<String> names = Set.of("formatted", "format", "toLowerCase", "toUpperCase");
    assertThat(
            HOUSE_CLASSES.stream()
                .flatMap(type -> type.getMethodReferencesFromSelf().stream())
                .filter(reference -> reference.getTargetOwner().isEquivalentTo(String.class))
                .filter(reference -> names.contains(reference.getTarget().getName()))
                .map(JavaAccess::getDescription))
        .isEmpty();
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName() + ".";
    return name.startsWith(HOUSE)
        ? name.substring(HOUSE.length(), name.indexOf('.', HOUSE.length()))
        : "";
  }

  private static DescribedPredicate<JavaClass> inRooms(Set<String> rooms) {
    return describe("in rooms " + rooms, type -> rooms.contains(room(type)));
  }

  private static DescribedPredicate<JavaClass> outsideWiring() {
    return describe("outside " + WIRING, type -> !WIRING.contains(room(type)));
  }

  // An exception for a class that is gone would let a new one of that name in unseen.
  @Test
  void exceptionsAreForClassesThatExist() {
    Set<String> excepted = new TreeSet<>(EDGES.keySet());
    excepted.addAll(FILE_READERS_IN_PURE_ROOMS.keySet());
    excepted.addAll(PRIMITIVES_OUTSIDE_CRYPTO.keySet());
    assertThat(excepted).allMatch(HOUSE_CLASSES::contain);
  }

  // A rule over nothing holds always; so first: is everybody here?
  @Test
  void scansEveryRoom() {
    Set<String> scanned =
        HOUSE_CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toSet());
    assertThat(scanned).isEqualTo(ROOMS.keySet());
    assertThat(HOUSE_CLASSES.size()).isGreaterThan(CLASSES_MIN);
  }

  @Test
  void roomsImportOnlyWhatTheyMay() {
    classes().should(importOnlyAllowedRooms()).check(HOUSE_CLASSES);
  }

  // Independence is worth a rule of its own, whatever becomes of the table above.
  @Test
  void correlateAndTransformNeverMeet() {
    noClasses()
        .that(inRooms(Set.of("correlate")))
        .should()
        .dependOnClassesThat(inRooms(Set.of("transform")))
        .check(HOUSE_CLASSES);
    noClasses()
        .that(inRooms(Set.of("transform")))
        .should()
        .dependOnClassesThat(inRooms(Set.of("correlate")))
        .check(HOUSE_CLASSES);
  }

  // The DSP is not trusted: neither devices nor users share its code.
  @Test
  void devicesAndUsersKnowNothingOfTheDsp() {
    noClasses()
        .that(inRooms(Set.of("devices", "adapter")))
        .should()
        .dependOnClassesThat(inRooms(Set.of("dsp", "transform")))
        .check(HOUSE_CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    SliceRule rule = slices().matching("org.meterbox.(**)").should().beFreeOfCycles();
    for (String room : ROOT_AND_PARTS_DEPEND_ON_EACH_OTHER) {
      rule =
          rule.ignoreDependency(
              JavaClass.Predicates.resideInAPackage(HOUSE + room + ".."),
              JavaClass.Predicates.resideInAPackage(HOUSE + room));
    }
    rule.check(HOUSE_CLASSES);
  }

  @Test
  void pureRoomsTouchNothingOutside() {
    noClasses()
        .that(inRooms(PURE_ROOMS))
        .and(areNotAmong(FILE_READERS_IN_PURE_ROOMS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..",
            "java.nio.channels..",
            "java.net.http..",
            "java.sql..",
            "javax.sql..",
            "javax.net..",
            "org.slf4j..")
        .orShould()
        .dependOnClassesThat(
            describe(
                "start threads",
                type ->
                    type.isAssignableTo(Thread.class)
                        || type.isAssignableTo(java.util.concurrent.Executor.class)))
        .check(HOUSE_CLASSES);
  }

  // In simulation time runs fast, jumps and stands still, and chance follows a seed.
  @Test
  void timeAndChanceAreInjected() {
    noClasses()
        .that(outsideWiring())
        .should()
        .callMethodWhere(describe("reads the machine's clock", ArchitectureTest::readsClock))
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class)
        .check(HOUSE_CLASSES);
  }

  @Test
  void nothingPrintsOrLogsBesideTheLog() {
    noClasses()
        .that(outsideWiring())
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(HOUSE_CLASSES);
  }

  // Domain words, not Cipher.getInstance: the choice of algorithm and provider is made once.
  @Test
  void onlyCryptoUsesThePrimitives() {
    noClasses()
        .that(inRooms(minus(ROOMS.keySet(), "crypto", "bench")))
        .and(areNotAmong(PRIMITIVES_OUTSIDE_CRYPTO))
        .should()
        .dependOnClassesThat(
            describe("are primitives", type -> PRIMITIVES.contains(type.getFullName())))
        .check(HOUSE_CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : HOUSE_CLASSES) {
      String info = type.getPackageName() + ".package-info";
      boolean marked =
          HOUSE_CLASSES.contain(info) && HOUSE_CLASSES.get(info).isAnnotatedWith(NullMarked.class);
      if (!marked && !GENERATED_PACKAGES.containsKey(type.getPackageName())) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  // A name says what a thing is; these say only that nobody knew.
  @Test
  void namesSaySomething() {
    noClasses()
        // JSSE's own word for what offers a key to a handshake.
        .that()
        .areNotAssignableTo(javax.net.ssl.KeyManager.class)
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Dto|DTO)(\\$.*)?")
        .orShould()
        .resideInAnyPackage(
            "..util..", "..utils..", "..helper..", "..impl..", "..dto..", "..common..")
        .check(HOUSE_CLASSES);
  }

  // Catching everything hides our own faults; only the last line of a thread or connection may.
  @Test
  void nobodyCatchesEverything() {
    classes().should(catchNothingTooWide()).check(HOUSE_CLASSES);
  }

  private static ArchCondition<JavaClass> importOnlyAllowedRooms() {
    return new ArchCondition<>("import only the rooms that are allowed to it") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = room(type);
        Set<String> allowed = ROOMS.getOrDefault(own, Set.of());
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> dependency.getTargetClass().getName().startsWith(HOUSE))
            .filter(dependency -> {
              String target = room(dependency.getTargetClass());
              return !target.equals(own) && !allowed.contains(target);
            })
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> catchNothingTooWide() {
    Set<String> tooWide = Set.of("java.lang.Exception", "java.lang.RuntimeException");
    return new ArchCondition<>("catch no more than they can answer for") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          for (TryCatchBlock block : unit.getTryCatchBlocks()) {
            boolean wide =
                block.getCaughtThrowables().stream()
                    .anyMatch(caught -> tooWide.contains(caught.getName()));
            if (wide && !isAmong(EDGES, type)) {
              events.add(
                  SimpleConditionEvent.violated(
                      type,
                      unit.getFullName() + " catches everything " + block.getSourceCodeLocation()));
            }
          }
        }
      }
    };
  }

  /** An exception holds for a class with everything inside it. */
  private static boolean isAmong(Map<String, String> exceptions, JavaClass type) {
    String name = type.getName();
    int inner = name.indexOf('$');
    return exceptions.containsKey(inner < 0 ? name : name.substring(0, inner));
  }

  private static DescribedPredicate<JavaClass> areNotAmong(Map<String, String> exceptions) {
    return describe("are not " + exceptions.keySet(), type -> !isAmong(exceptions, type));
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getFullName();
    String method = access.getName();
    boolean now =
        owner.startsWith("java.time.")
            && method.equals("now")
            && access.getTarget().getFullName().endsWith("now()");
    boolean systemClock =
        (owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource"))
            && method.startsWith("system");
    return now
        || systemClock
        || (owner.equals("java.lang.System") && method.equals("currentTimeMillis"));
  }

  private static Set<String> minus(Set<String> all, String... without) {
    return all.stream()
        .filter(room -> !Set.of(without).contains(room))
        .collect(Collectors.toUnmodifiableSet());
  }
}
