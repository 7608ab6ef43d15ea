package dev.terrane.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.server.config.ModuleConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsTheDemoByItsNameAndMakesEachInstanceAnew() {
        List<PluginSource> found = PluginLoader.load("skirmish", List.of()).worlds();
        assertThat(found).singleElement().satisfies(source -> {
            assertThat(source.fresh().get().name()).isEqualTo("skirmish");
            assertThat(source.fresh().get()).isNotSameAs(source.fresh().get());
        });
    }

    @Test
    void takesCodeAndOptionsOfTheGameFromItsModule() {
        String type = PluginLoader.load("skirmish", List.of())
                .worlds()
                .getFirst()
                .fresh()
                .get()
                .getClass()
                .getName();
        List<PluginSource> found = PluginLoader.load(
                        "skirmish",
                        List.of(new ModuleConfig("skirmish", type, "world", Map.of("dronesPerRegion", "3"))))
                .worlds();
        assertThat(found)
                .singleElement()
                .satisfies(source -> assertThat(source.options()).containsEntry("dronesPerRegion", "3"));
    }

    @Test
    void saysWhichGamesThereAreWhenTheOneWantedIsNot() {
        assertThatThrownBy(() -> PluginLoader.load("chess", List.of()))
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll("'chess'", "class path", "skirmish");
    }

    @Test
    void namesModuleAndEntryThatCannotBeFound() throws IOException {
        Path empty = folder.resolve("empty.jar");
        new JarOutputStream(Files.newOutputStream(empty), new java.util.jar.Manifest()).close();
        refused("no.such.Game", "neither a jar file, a Maven coordinate nor a class");
        refused(folder.resolve("gone.jar").toString(), "gone.jar cannot be read");
        refused("org.example:no-such-game:1.0", "mvn dependency:get -Dartifact=org.example:no-such-game:1.0");
        refused("java.lang.String", "does not implement");
        refused(empty.toString(), "no game 'mine'");
    }

    @Test
    void saysThatAJarListsAGameItDoesNotHave() throws IOException {
        Path jar = folder.resolve("broken.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/services/dev.terrane.plugin.WorldPlugin"));
            out.write("no.such.Game\n".getBytes(StandardCharsets.UTF_8));
        }
        refused(jar.toString(), "lists a game that cannot be loaded");
    }

    @Test
    void refusesModulesForWhatThisVersionDoesNotRun() {
        assertThatThrownBy(() ->
                        PluginLoader.load("skirmish", List.of(new ModuleConfig("mine", "a.B", "gateway", Map.of()))))
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll("'mine'", "gateway");
    }

    @Test
    void takesTheSidesOfAPluginThatItsTargetWants() {
        assertThat(PluginLoader.load("skirmish", List.of()).jobs())
                .as("a game that is not among the modules, whole")
                .extracting(JobSource::name)
                .containsExactly("skirmish");
        assertThat(sides("world")).isEqualTo("worlds [skirmish], jobs []");
        assertThat(sides("all")).isEqualTo("worlds [skirmish], jobs [skirmish]");
        assertThat(sides("job")).as("the game is played all the same").isEqualTo("worlds [skirmish], jobs [skirmish]");
    }

    private static String sides(String target) {
        Plugins plugins = PluginLoader.load(
                "skirmish",
                List.of(new ModuleConfig("skirmish", "dev.terrane.games.skirmish.Skirmish", target, Map.of())));
        return "worlds " + plugins.worlds().stream().map(PluginSource::name).toList() + ", jobs "
                + plugins.jobs().stream().map(JobSource::name).toList();
    }

    @Test
    void refusesJobsThatAreNoneOrHaveTheNameOfOthers() {
        ModuleConfig none = new ModuleConfig("mine", "java.lang.String", "job", Map.of());
        ModuleConfig some = new ModuleConfig("mine", "dev.terrane.games.skirmish.Skirmish", "job", Map.of());
        ModuleConfig named = new ModuleConfig("No_Name", some.entry(), "job", Map.of());
        assertThatThrownBy(() -> PluginLoader.load("skirmish", List.of(none)))
                .hasMessageContaining("does not implement dev.terrane.plugin.JobPlugin");
        assertThatThrownBy(() -> PluginLoader.load("skirmish", List.of(some, some)))
                .hasMessageContaining("two modules 'mine' with jobs");
        assertThatThrownBy(() -> PluginLoader.load("skirmish", List.of(named)))
                .hasMessageContaining("module 'No_Name' has jobs");
    }

    private static void refused(String entry, String why) {
        assertThatThrownBy(() -> PluginLoader.load("mine", List.of(new ModuleConfig("mine", entry, "world", Map.of()))))
                .as(entry)
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll("mine", why);
    }
}
