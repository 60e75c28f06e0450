package dev.superpose;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms that a person touches: cli uses all, store, report and text know
/// neither it nor each other, and the core knows none of them. Only cli prints and exits.
class ApplicationArchitectureTest {
    private static final String STORE = "dev.superpose.store..";
    private static final String REPORT = "dev.superpose.report..";
    private static final String TEXT = "dev.superpose.text..";
    private static final String CLI = "dev.superpose.cli..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.superpose");

    @Test
    void storeUsesOnlyTheCore() {
        mayNotUse(STORE, REPORT, TEXT, CLI);
    }

    @Test
    void reportUsesOnlyTheCore() {
        mayNotUse(REPORT, STORE, TEXT, CLI);
    }

    @Test
    void textUsesOnlyTheCore() {
        mayNotUse(TEXT, STORE, REPORT, CLI);
    }

    @Test
    void coreKnowsNoneOfThem() {
        noClasses()
                .that()
                .resideOutsideOfPackages(STORE, REPORT, TEXT, CLI)
                .should()
                .dependOnClassesThat(resideInAnyPackage(STORE, REPORT, TEXT, CLI))
                .check(CLASSES);
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching("dev.superpose.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsAndExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Utils|Helper|Manager|Impl)"));
    }

    private static void mayNotUse(String room, String... others) {
        noClasses()
                .that(resideInAPackage(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
