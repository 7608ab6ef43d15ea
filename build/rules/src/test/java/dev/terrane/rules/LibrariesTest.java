package dev.terrane.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each library stays behind one room, so that it can be replaced there; what parses command lines stands in each program's. */
class LibrariesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.terrane");

    private record Behind(String library, String... rooms) {}

    @TestFactory
    Stream<DynamicTest> staysBehindOneRoom() {
        return Stream.of(
                        new Behind("org.jctools..", "dev.terrane.queue.."),
                        new Behind("com.google.flatbuffers..", "dev.terrane.protocol.client.."),
                        new Behind("io.vertx..", "dev.terrane.http..", "dev.terrane.link.door.."),
                        new Behind("io.netty..", "dev.terrane.http.."),
                        new Behind("org.bouncycastle..", "dev.terrane.link.door.."),
                        new Behind("com.nimbusds..", "dev.terrane.jwt.."),
                        new Behind("com.fasterxml..", "dev.terrane.json.."),
                        new Behind("org.jdbi..", "dev.terrane.postgres.."),
                        new Behind("com.zaxxer..", "dev.terrane.postgres.."),
                        new Behind("org.flywaydb..", "dev.terrane.postgres.."),
                        new Behind("io.zonky..", "dev.terrane.postgres.."),
                        new Behind("org.apache.ratis..", "dev.terrane.raft.."),
                        new Behind("run.endive..", "dev.terrane.rule.."),
                        new Behind("io.micrometer..", "dev.terrane.server.metrics.."),
                        new Behind("ch.qos.logback..", "dev.terrane.server.logging.."),
                        new Behind("io.smallrye..", "dev.terrane.server.config.."),
                        new Behind("picocli..", "dev.terrane.server.cli..", "dev.terrane.simulation.."))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.library + " behind " + String.join(" and ", rule.rooms),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackages(rule.rooms)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(rule.library)
                                .check(HOUSE)));
    }
}
