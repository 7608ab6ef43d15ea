package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireSchemasTest {
    private final WireSchema schema = WireSchemas.of(Things.schema(), Things.events());

    private WireRecord component(String name) {
        return schema.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsReplicatedFieldsOnly() {
        assertThat(component("test.craft").fields())
                .extracting(WireField::name)
                .containsExactly("kind", "owner", "open", "raw", "hull", "secret");
        assertThat(component("test.craft").fields()).contains(new WireField("hull", WireKind.FLOAT, false, 0.25f));
        assertThat(component("test.craft").fields()).contains(new WireField("secret", WireKind.INT, true, 0));
    }

    @Test
    void keepsThePlaceOfComponentsThatStayOnTheServer() {
        assertThat(schema.components()).hasSize(Things.schema().components().size());
        assertThat(component("test.mind").fields()).isEmpty();
    }

    @Test
    void tellsAllFieldsOfEvents() {
        assertThat(schema.events().getFirst())
                .isEqualTo(new WireRecord(
                        "test.boom",
                        1,
                        List.of(
                                new WireField("by", WireKind.LONG, false, 0),
                                new WireField("size", WireKind.FLOAT, false, 0.5f),
                                new WireField("note", WireKind.TEXT, false, 0))));
    }
}
