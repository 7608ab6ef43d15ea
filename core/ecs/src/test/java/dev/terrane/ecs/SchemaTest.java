package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.ecs.Sample.Label;
import dev.terrane.ecs.Sample.Mixed;
import dev.terrane.ecs.Sample.Place;
import dev.terrane.ecs.Sample.Tag;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class SchemaTest {
    record Nameless(int x) {}

    @Component("Test.Upper")
    record Upper(int x) {}

    @Component("test.place")
    record SameName(int x) {}

    @Component("test.old")
    record VersionZero(int x) {
        @Component(value = "test.old", version = 0)
        record Inner(int x) {}
    }

    @Component("test.short")
    record Short(short tiny) {}

    @Component("test.step")
    record NegativeStep(@Replicated(step = -1) float x) {}

    @Component("test.label")
    record RenamedField(@Replicated String title) {}

    @Component(value = "test.label", version = 2)
    record NextVersion(@Replicated String name) {}

    @Component("test.label")
    record OtherKind(@Replicated int name) {}

    @Component("test.label")
    record OtherAudience(String name) {}

    @Test
    void numbersComponentsAndFieldsInTheOrderOfDeclaration() {
        Schema schema = Schema.of(Place.class, Tag.class, Mixed.class);

        assertThat(schema.components())
                .extracting(ComponentType::name)
                .containsExactly("test.place", "test.tag", "test.mixed");
        assertThat(schema.fields())
                .extracting(Field::name)
                .containsExactly("x", "y", "count", "key", "flag", "text", "weight");
        assertThat(schema.fields()).extracting(Field::ordinal).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(schema.field(Mixed.class, "count")).isEqualTo(new Field(2, 0, 2, "count", FieldKind.INT, null, 0));
        assertThat(schema.field(Mixed.class, "key").audience()).isEqualTo(Audience.OWNER);
        assertThat(schema.field(Place.class, "x").step()).isEqualTo(0.5f);
    }

    @Test
    void namesTheRecordAndFieldThatCannotBeAComponent() {
        assertRefused(Nameless.class).hasMessageContaining("Nameless is not a record with @Component");
        assertRefused(Upper.class).hasMessageContaining("Upper has the name 'Test.Upper'");
        assertRefused(VersionZero.Inner.class).hasMessageContaining("Inner has version 0");
        assertRefused(Short.class).hasMessageContaining("Short has the field 'tiny' of type short; float, int,");
        assertRefused(NegativeStep.class).hasMessageContaining("NegativeStep has the field 'x' with step -1.0");
        assertRefused(Record.class).hasMessageContaining("java.lang.Record is not a record with @Component");
    }

    @Test
    void refusesTwoRecordsOfOneName() {
        assertThatThrownBy(() -> Schema.of(Place.class, SameName.class))
                .hasMessageContaining("SameName has the name 'test.place', as dev.terrane.ecs.Sample$Place has");
    }

    @Test
    void refusesMoreComponentsThanAMaskHasBits() {
        List<Class<? extends Record>> tooMany = Collections.nCopies(65, Place.class);

        assertThatThrownBy(() -> Schema.of(tooMany)).hasMessage("65 components are declared, 64 are allowed");
    }

    @Test
    void refusesToLookUpWhatWasNotDeclared() {
        Schema schema = Schema.of(Place.class);

        assertThatThrownBy(() -> schema.type(Tag.class)).hasMessageContaining("Tag is not a component of this world");
        assertThatThrownBy(() -> schema.field(Place.class, "z"))
                .hasMessageContaining("test.place has no field 'z', it has [x, y]");
    }

    @Test
    void hasAFingerprintOfNamesVersionsKindsAndOrder() {
        long fingerprint = Schema.of(Place.class, Label.class).fingerprint();

        assertThat(Schema.of(Place.class, Label.class).fingerprint()).isEqualTo(fingerprint);
        assertThat(Schema.of(Place.class, OtherAudience.class).fingerprint()).isEqualTo(fingerprint);
        assertThat(List.of(
                        Schema.of(Label.class, Place.class).fingerprint(),
                        Schema.of(Place.class).fingerprint(),
                        Schema.of(Place.class, Label.class, Tag.class).fingerprint(),
                        Schema.of(Place.class, RenamedField.class).fingerprint(),
                        Schema.of(Place.class, NextVersion.class).fingerprint(),
                        Schema.of(Place.class, OtherKind.class).fingerprint()))
                .doesNotContain(fingerprint)
                .doesNotHaveDuplicates();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Class<? extends Record> component) {
        return assertThatThrownBy(() -> Schema.of(component)).isInstanceOf(IllegalArgumentException.class);
    }

    @Component("test.mixed-audiences")
    record MixedAudiences(
            @Replicated int open,
            @Replicated(to = Audience.OWNER) int own,
            @Replicated(to = Audience.SQUAD) int squad) {}

    @Test
    void refusesFieldsForSeveralAudiencesInOneComponent() {
        assertThatThrownBy(() -> Schema.of(MixedAudiences.class)).hasMessageContaining("several audiences");
    }
}
