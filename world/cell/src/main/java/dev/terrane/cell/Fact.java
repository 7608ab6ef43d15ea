package dev.terrane.cell;

/** What a journal says of one entity, under one ownership: of two facts the one with the higher ownership is true, within one ownership the later one. */
sealed interface Fact {
    long entity();

    int ownership();

    /**
     * It lives, and is as the image says.
     *
     * @param image its components, as {@link dev.terrane.ecs.EntityStore#writeEntity} wrote them; its position is among them
     */
    record Kept(long entity, int ownership, byte[] image) implements Fact {}

    /** It lives no more: no image may bring it back. */
    record Gone(long entity, int ownership) implements Fact {}
}
