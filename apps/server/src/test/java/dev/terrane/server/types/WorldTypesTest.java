package dev.terrane.server.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.cell.WorldSchema;
import dev.terrane.command.EventType;
import dev.terrane.json.JsonTree;
import dev.terrane.plugin.WorldPlugin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTypesTest {
    static JsonTree typesOf(WorldPlugin... plugins) {
        try {
            return JsonTree.read(WorldTypes.json(List.of(plugins), WorldSchema.of(List.of(plugins))));
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    private static List<String> names(JsonTree list, String key) {
        return list.items().stream().map(item -> item.get(key).text()).toList();
    }

    @Test
    void tellsOfComponentsWhatIsReplicatedAndToWhom() {
        JsonTree components = typesOf(new Bazaar()).get("components");
        assertThat(names(components, "name"))
                .as("the kit's first; nothing of a component that stays on the server")
                .contains("kit.position", "bazaar.stall", "bazaar.purse", "bazaar.guild")
                .doesNotContain("kit.controls", "bazaar.shelf");
        JsonTree stall = components.items().stream()
                .filter(each -> each.get("name").text().equals("bazaar.stall"))
                .findFirst()
                .orElseThrow();
        assertThat(JsonTree.write(stall))
                .isEqualTo("{\"name\":\"bazaar.stall\",\"version\":2,\"fields\":["
                        + "{\"name\":\"width\",\"kind\":\"float\",\"audience\":\"all\",\"step\":0.5},"
                        + "{\"name\":\"open\",\"kind\":\"boolean\",\"audience\":\"all\"},"
                        + "{\"name\":\"takings\",\"kind\":\"long\",\"audience\":\"owner\"}]}");
    }

    @Test
    void tellsOfEventsEveryField() {
        JsonTree event = typesOf(new Bazaar()).get("events").items().getFirst();
        assertThat(JsonTree.write(event))
                .isEqualTo(
                        "{\"name\":\"bazaar.cry\",\"version\":1,\"fields\":[{\"name\":\"words\",\"kind\":\"text\"}]}");
    }

    @Test
    void describesPayloadsAsTheyAreRead() {
        JsonTree shapes = typesOf(new Bazaar()).get("$defs");
        assertThat(JsonTree.write(shapes.get("BazaarHaggle")))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"stall\":{\"type\":\"string\",\"format\":\"uuid\"},"
                        + "\"lines\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/BazaarLine\"}},"
                        + "\"atMost\":{\"type\":\"integer\",\"format\":\"int64\"}},"
                        + "\"required\":[\"stall\",\"lines\"]}");
        assertThat(JsonTree.write(shapes.get("BazaarLine").get("properties").get("ware")))
                .isEqualTo("{\"type\":\"string\",\"enum\":[\"FIG\",\"DATE\"]}");
    }

    @Test
    void tellsOfTheServicesButNotOfWhatOnlyTheServerSends() {
        JsonTree types = typesOf(new Bazaar());
        assertThat(names(types.get("commands"), "type"))
                .contains("cmd.bazaar.haggle", "cmd.economy.transfer", "cmd.inventory.move", "cmd.trade.accept")
                .doesNotContain("cmd.trade.resulted")
                .isSorted();
        assertThat(names(types.get("durableEvents"), "topic"))
                .containsExactly(
                        "evt.bazaar.sold",
                        "evt.economy.posted",
                        "evt.inventory.moved",
                        "evt.trade.ended",
                        "evt.trade.stuck");
    }

    @Test
    void changesItsHashWithAnythingElse() {
        String hash = typesOf(new Bazaar()).get("hash").text();
        assertThat(typesOf(new Bazaar()).get("hash").text()).isEqualTo(hash).hasSize(16);
        assertThat(typesOf(new Bazaar(List.of("BUY"), List.of())).get("hash").text())
                .isNotEqualTo(hash);
    }

    @Test
    void refusesNamesOfButtonsThatNoProgramCanHave() {
        assertThatThrownBy(() -> typesOf(new Bazaar(List.of("BUY", "buy it"), List.of())))
                .hasMessageContaining("button 1 is called 'buy it'");
        assertThatThrownBy(() -> typesOf(new Bazaar(List.of("BUY", "BUY"), List.of())))
                .hasMessageContaining("button 1 is called 'BUY'");
    }

    @Test
    void refusesAnEventThatIsDeclaredInTwoWays() {
        List<EventType> events = List.of(
                new EventType("evt.bazaar.sold", Bazaar.Haggled.class),
                new EventType("evt.bazaar.sold", Bazaar.Told.class));
        assertThatThrownBy(() -> typesOf(new Bazaar(List.of(), events)))
                .hasMessageContainingAll("evt.bazaar.sold is declared twice", "Haggled", "Told");
    }
}
