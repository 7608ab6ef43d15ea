package dev.terrane.link;

/** What became of a message offered to a link. Every answer but the first leaves it with the caller. */
public enum Offered {
    /** Copied; it leaves with the next flush, unless the link is lost before. */
    ACCEPTED,
    /** The lane's queue is full. */
    FULL,
    /** There is no open link to that node. */
    CLOSED
}
