package dev.terrane.raft;

import java.time.Duration;

/**
 * How long coordinators wait for each other.
 *
 * @param electionMin without a word from the leader, until a coordinator may stand for election; shorter ones lost healthy leaders on busy machines
 * @param electionMax it stands for election at the latest, and a leader that most do not answer steps down
 * @param answerWithin a proposal is answered at the latest; below 500 ms a client of Ratis does not recover from a lost leader
 */
public record RaftTimings(Duration electionMin, Duration electionMax, Duration answerWithin) {
    private static final Duration ELECTION_MIN = Duration.ofMillis(100);
    private static final Duration ANSWER_MIN = Duration.ofMillis(500);

    public RaftTimings {
        if (electionMin.compareTo(ELECTION_MIN) < 0 || electionMax.compareTo(electionMin) <= 0) {
            throw new IllegalArgumentException("elections need at least %s, and a longer longest time, not %s to %s"
                    .formatted(ELECTION_MIN, electionMin, electionMax));
        }
        if (answerWithin.compareTo(ANSWER_MIN) < 0) {
            throw new IllegalArgumentException("answers need at least " + ANSWER_MIN + ", not " + answerWithin);
        }
    }

    /** Measured: 340 to 724 ms from the kill of a leader to the next entry. */
    public static RaftTimings usual() {
        return new RaftTimings(Duration.ofMillis(150), Duration.ofMillis(300), Duration.ofSeconds(2));
    }
}
