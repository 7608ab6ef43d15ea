package dev.terrane.ecs;

/** Components with a field of each kind, for tests. */
final class Sample {
    @Component("test.place")
    record Place(
            @Replicated(step = 0.5f) float x, @Replicated float y) {}

    @Component("test.tag")
    record Tag() {}

    @Component("test.mixed")
    record Mixed(int count, @Replicated(to = Audience.OWNER) long key, boolean flag, String text, float weight) {}

    @Component("test.label")
    record Label(@Replicated String name) {}

    static final Schema SCHEMA = Schema.of(Place.class, Tag.class, Mixed.class, Label.class);
    static final ComponentType<Place> PLACE = SCHEMA.type(Place.class);
    static final ComponentType<Tag> TAG = SCHEMA.type(Tag.class);
    static final ComponentType<Mixed> MIXED = SCHEMA.type(Mixed.class);
    static final ComponentType<Label> LABEL = SCHEMA.type(Label.class);
    static final Field X = PLACE.field("x");
    static final Field Y = PLACE.field("y");

    private Sample() {}
}
