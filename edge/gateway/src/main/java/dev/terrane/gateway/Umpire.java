package dev.terrane.gateway;

import dev.terrane.base.Meters;
import dev.terrane.gateway.ConductBook.Verdict;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Offence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what players do that is not fair, whoever noticed it, and does what the policy says. */
final class Umpire {

    private final GatewayRoom room;
    private final ConductBook book;
    private final Meters.Count[] violations = new Meters.Count[Offence.values().length];
    private final Meters.Count kicks;
    private final Meters.Count reportsSent;
    private final Meters.Count reportsLost;

    Umpire(GatewayRoom room) {
        this.room = room;
        this.book = room.ports.conduct();
        Meters meters = room.ports.meters();
        for (Offence offence : Offence.values()) {
            violations[offence.ordinal()] =
                    meters.count("fairplay_violations", "kind", offence.name().toLowerCase(Locale.ROOT));
        }
        kicks = meters.count("fairplay_kicks");
        reportsSent = meters.count("fairplay_reports", "fate", "sent");
        reportsLost = meters.count("fairplay_reports", "fate", "lost");
    }

    /** A cell has noticed something. */
    void heard(CellOutput.Offended offended, Exits exits, long nowNanos) {
        ClientSession session = room.sessions.get(offended.session());
        if (session != null && charge(session, offended.offence(), nowNanos)) {
            kick(session, exits, nowNanos);
        }
    }

    /** True: the session has to be closed, see {@link #kick}. */
    boolean charge(ClientSession session, Offence offence, long nowNanos) {
        violations[offence.ordinal()].one();
        if (session.facts.token() == null) {
            return false; // it has not said who it is: there is nobody against whom it could stand
        }
        Verdict verdict = book.charge(session.character(), offence, nowNanos);
        if (verdict == null) {
            return false;
        }
        if (verdict.kick()) {
            kicks.one();
        }
        if (verdict.report()) {
            report(session, verdict);
        }
        return verdict.kick();
    }

    /** By the cell where the avatar is, or was: it has the way to the store. */
    private void report(ClientSession session, Verdict verdict) {
        CellMirror cell = session.cell;
        CellInput.ConductReport report =
                new CellInput.ConductReport(session.character(), verdict.points(), verdict.kick(), verdict.counts());
        boolean sent =
                cell != null && room.ports.cells().offer(cell.id, CellPort.ANY_EPOCH, report) == Admission.ACCEPTED;
        (sent ? reportsSent : reportsLost).one();
        room.ports
                .listener()
                .suspected(session.id, session.facts, verdict.points() + " points, " + described(verdict.counts()));
    }

    private static String described(int[] counts) {
        StringBuilder text = new StringBuilder();
        for (Offence offence : Offence.values()) {
            int count = counts[offence.ordinal()];
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(offence.name().toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    void kick(ClientSession session, Exits exits, long nowNanos) {
        if (!session.closed()) {
            refuse(session, exits, nowNanos);
        }
    }

    /** Whether the character was kicked a while ago and has come back too early; then it is told so. */
    boolean refuses(ClientSession session, Exits exits, long nowNanos) {
        boolean early = book.kickedForMillis(session.character(), nowNanos) > 0;
        if (early) {
            refuse(session, exits, nowNanos);
        }
        return early;
    }

    private void refuse(ClientSession session, Exits exits, long nowNanos) {
        int waitMillis = book.kickedForMillis(session.character(), nowNanos);
        exits.fail(session, ErrorCode.KICKED, "this character broke the rules of fair play", waitMillis);
    }

    /** What it says of a client that its connection ends for this; null: nothing. */
    static @Nullable Offence offenceOf(ErrorCode code) {
        return switch (code) {
            case RATE_LIMITED -> Offence.FLOOD;
            case BACKPRESSURE_INPUT -> Offence.HASTE;
            case MALFORMED, INVALID_INPUT, MESSAGE_TOO_LARGE -> Offence.INVALID;
            default -> null;
        };
    }
}
