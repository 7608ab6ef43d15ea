package dev.terrane.rules;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A floor knows only floors below; nobody knows the apps. ARCHITECTURE.md draws them. */
class FloorsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.terrane");

    @Test
    void knowOnlyFloorsBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy(
                        "dev.terrane.base..",
                        "dev.terrane.bytes..",
                        "dev.terrane.queue..",
                        "dev.terrane.space..",
                        "dev.terrane.ecs..",
                        "dev.terrane.conditions..",
                        "dev.terrane.rule..")
                .layer("protocol")
                .definedBy("dev.terrane.protocol..")
                .layer("plugin")
                .definedBy("dev.terrane.plugin..", "dev.terrane.wasm..")
                .layer("world")
                .definedBy(
                        "dev.terrane.handoff..",
                        "dev.terrane.interest..",
                        "dev.terrane.ghosts..",
                        "dev.terrane.fairplay..",
                        "dev.terrane.rewind..",
                        "dev.terrane.cell..",
                        "dev.terrane.recorder..",
                        "dev.terrane.standby..")
                .layer("command")
                .definedBy("dev.terrane.command..")
                .layer("durable")
                .definedBy("dev.terrane.checkpoint..")
                .optionalLayer("services")
                .definedBy("dev.terrane.economy..", "dev.terrane.inventory..", "dev.terrane.trade..")
                .layer("cluster")
                .definedBy(
                        "dev.terrane.coordinator..",
                        "dev.terrane.steward..",
                        "dev.terrane.placement..",
                        "dev.terrane.node..",
                        "dev.terrane.link")
                .layer("edge")
                .definedBy("dev.terrane.gateway..")
                .layer("doors")
                .definedBy(
                        "dev.terrane.http..",
                        "dev.terrane.jwt..",
                        "dev.terrane.json..",
                        "dev.terrane.link.door..",
                        "dev.terrane.postgres..",
                        "dev.terrane.raft..",
                        "dev.terrane.ring..")
                .layer("sdk")
                .definedBy("dev.terrane.sdk..")
                .layer("games")
                .definedBy("dev.terrane.games..")
                .layer("apps")
                .definedBy("dev.terrane.server..")
                .layer("testing")
                .definedBy("dev.terrane.simulation..")
                .whereLayer("testing")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("apps")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("games")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sdk")
                .mayOnlyBeAccessedByLayers("apps", "testing")
                .whereLayer("doors")
                .mayOnlyBeAccessedByLayers("apps", "testing")
                .whereLayer("edge")
                .mayOnlyBeAccessedByLayers("doors", "apps", "testing")
                .whereLayer("cluster")
                .mayOnlyBeAccessedByLayers("doors", "apps", "testing")
                .whereLayer("durable")
                .mayOnlyBeAccessedByLayers("doors", "apps", "testing")
                .whereLayer("services")
                .mayOnlyBeAccessedByLayers("doors", "games", "apps", "testing")
                .whereLayer("command")
                .mayOnlyBeAccessedByLayers(
                        "protocol",
                        "plugin",
                        "world",
                        "durable",
                        "services",
                        "cluster",
                        "edge",
                        "doors",
                        "games",
                        "apps",
                        "testing")
                .whereLayer("world")
                .mayOnlyBeAccessedByLayers("cluster", "apps", "testing")
                .whereLayer("plugin")
                .mayOnlyBeAccessedByLayers("world", "games", "apps", "testing")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("world", "cluster", "edge", "doors", "sdk", "apps", "testing")
                .check(HOUSE);
    }

    @Test
    void haveNoCycles() {
        slices().matching("dev.terrane.(**)").should().beFreeOfCycles().check(HOUSE);
    }
}
