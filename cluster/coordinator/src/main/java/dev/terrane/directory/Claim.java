package dev.terrane.directory;

import dev.terrane.base.CellId;

/** What a session that wants to join learns about its character. */
public sealed interface Claim {
    /**
     * The avatar lives: join it there.
     *
     * @param entity its entity id
     */
    record Located(CellId cell, long entity) implements Claim {}

    /** It was handed over to this cell, which has not said yet that it is there. */
    record Travelling(CellId to, long entity) implements Claim {}

    /** Somebody is bringing it to life, or its cell is starting again. Ask again in a moment. */
    record Spawning() implements Claim {}

    /**
     * There is no avatar, and until it arrives nobody else is told so: spawn it.
     *
     * @param ticket hand it to {@link Directory#abandon} if the join never reached the cell
     */
    record Yours(long ticket) implements Claim {}
}
