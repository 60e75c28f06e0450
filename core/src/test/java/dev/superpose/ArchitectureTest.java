package dev.superpose;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between the rooms of the core, as docs/architecture.md draws them: no circle, no
/// arrow upward; and a core that neither prints nor exits nor draws a number without a seed.
class ArchitectureTest {
    private static final String ROOT = "dev.superpose";

    /// Each room and the rooms it may use.
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("numeric", Set.of()),
            Map.entry("result", Set.of("numeric")),
            Map.entry("runs", Set.of("numeric", "stat", "result")),
            Map.entry("stat", Set.of("numeric")),
            Map.entry("toy", Set.of("numeric")),
            Map.entry("published", Set.of("stat", "result")),
            Map.entry(
                    "reproduction",
                    Set.of(
                            "published",
                            "study",
                            "models",
                            "theory",
                            "geometry",
                            "scaling",
                            "toy",
                            "stat",
                            "result",
                            "numeric")),
            Map.entry("checkpoint", Set.of("numeric", "result")),
            Map.entry("geometry", Set.of("numeric", "stat", "result")),
            Map.entry("theory", Set.of("numeric", "stat", "geometry")),
            Map.entry("scaling", Set.of("numeric", "stat", "result", "runs")),
            Map.entry("models", Set.of("stat", "geometry", "published", "runs", "scaling")),
            Map.entry("forecast", Set.of("numeric", "stat", "result", "runs", "scaling")),
            Map.entry("plan", Set.of("numeric", "stat", "result", "runs", "scaling", "forecast")),
            Map.entry(
                    "study",
                    Set.of("toy", "checkpoint", "geometry", "theory", "scaling", "runs", "stat", "result", "numeric")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void usesOnlyTheRoomsBelow(String room) {
        String[] allowed = Stream.concat(Stream.of(room), ARROWS.get(room).stream())
                .map(ArchitectureTest::packages)
                .toArray(String[]::new);
        classes()
                .that(resideInAPackage(packages(room)))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
                .because("the room may use only " + ARROWS.get(room))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassHasARoomWithKnownArrows() {
        Set<String> found = CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toSet());
        assertThat(ARROWS.keySet()).as("rooms with declared arrows").containsAll(found);
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void neitherPrintsNorExits() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES);
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("only the command line exits")
                .check(CLASSES);
    }

    @Test
    void drawsNoNumberWithoutASeed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("the same seed gives the same bits: use numeric.Seed and numeric.SplitRandom")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }

    private static String packages(String room) {
        return ROOT + "." + room + "..";
    }

    private static String room(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
    }
}
