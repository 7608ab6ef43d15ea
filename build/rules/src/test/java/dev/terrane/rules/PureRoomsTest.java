package dev.terrane.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pure rooms give the same result for the same messages on every machine: no clock, no threads, no chance, no platform maths. */
class PureRoomsTest {
    private static final String[] PURE = {
        "dev.terrane.base..",
        "dev.terrane.bytes..",
        "dev.terrane.space..",
        "dev.terrane.ecs..",
        "dev.terrane.conditions..",
        "dev.terrane.rule..",
        "dev.terrane.protocol..",
        "dev.terrane.plugin..",
        "dev.terrane.wasm..",
        "dev.terrane.handoff..",
        "dev.terrane.interest..",
        "dev.terrane.ghosts..",
        "dev.terrane.fairplay..",
        "dev.terrane.rewind..",
        "dev.terrane.cell..",
        "dev.terrane.recorder..",
        "dev.terrane.standby..",
        "dev.terrane.gateway..",
        "dev.terrane.checkpoint..",
        "dev.terrane.command..",
        "dev.terrane.economy..",
        "dev.terrane.inventory..",
        "dev.terrane.trade..",
        "dev.terrane.coordinator..",
        "dev.terrane.steward..",
        "dev.terrane.link",
        "dev.terrane.placement..",
        "dev.terrane.node..",
        "dev.terrane.games.."
    };

    /** Results of these may differ between platforms and JIT states; StrictMath has the same ones for good. */
    private static final Set<String> PLATFORM_MATHS = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "log", "log10", "pow", "cbrt", "sinh", "cosh",
            "tanh", "hypot");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.terrane");

    @Test
    void readNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .doNotHaveFullyQualifiedName("dev.terrane.base.SystemClock")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(HOUSE);
    }

    @Test
    void startNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .haveNameNotMatching("dev\\.terrane\\.base\\.SystemThreads.*")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.CompletableFuture")
                .check(HOUSE);
    }

    @Test
    void takeNoChances() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .check(HOUSE);
    }

    @Test
    void useNoMathsOfThePlatform() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(describe(
                        "is a transcendental function of Math",
                        (JavaAccess<?> access) -> access.getTargetOwner().isEquivalentTo(Math.class)
                                && PLATFORM_MATHS.contains(access.getTarget().getName())))
                .check(HOUSE);
    }

    @Test
    void writeNoLogAndReadNoFiles() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.nio.file..", "java.net..", "java.sql..")
                .check(HOUSE);
    }
}
