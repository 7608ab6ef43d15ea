package dev.terrane.testkit;

/** Ways to break splits and merges on purpose, to see that checkers notice. */
enum LayerFault {
    /** The steward does as it should. */
    NONE,
    /** A layer is taken away as soon as nobody lives in it: what it keeps for targets that may fall, and its last image, are gone. */
    TAKEN_AWAY_WHEN_EMPTY,
    /** A layer is opened anew without the image that it left: its numbers begin again, and others take what it sends for old. */
    OPENED_WITHOUT_ITS_PAST,
    /** A layer that fell during its merge is not told of it again: it comes back and stays. */
    NOT_TOLD_AGAIN
}
