package dev.terrane.server.cli;

import dev.terrane.recorder.Divergence;
import dev.terrane.recorder.FieldDifference;
import dev.terrane.recorder.Recording;
import dev.terrane.recorder.Replay;
import java.io.PrintWriter;
import java.util.List;

/** What {@link ReplayCommand} prints, for people or as JSON. */
final class ReplayText {
    private final PrintWriter out;
    private final boolean json;

    ReplayText(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** A line for each stretch; false when there is none. */
    boolean list(Recording recording) {
        for (Recording.Stretch each : recording.stretches()) {
            if (json) {
                out.println(new JsonText()
                        .text("cell", each.header().cell().toString())
                        .number("epoch", each.header().epoch())
                        .number("firstTick", each.firstTick())
                        .number("lastTick", each.lastTick())
                        .number("ticks", each.tickCount())
                        .number("bases", each.baseCount())
                        .number("bytes", each.bytes())
                        .end());
            } else {
                out.printf(
                        "%-24s epoch %-6d ticks %d to %d, %d bases, %,d KiB%n",
                        each.header().cell(),
                        each.header().epoch(),
                        each.firstTick(),
                        each.lastTick(),
                        each.baseCount(),
                        each.bytes() / 1024);
            }
        }
        if (!json && recording.unreadableCount() > 0) {
            out.printf("  and %d files that this build cannot read%n", recording.unreadableCount());
        }
        out.flush();
        return !recording.stretches().isEmpty();
    }

    void show(Replay.Result result, int differencesMax) {
        if (json) {
            out.println(toJson(result));
            return;
        }
        Divergence divergence = result.divergence();
        if (divergence == null) {
            out.printf(
                    "the same: %s, ticks %d to %d (%d carried out, %d bases compared in full)%n",
                    result.cell(), result.fromTick(), result.toTick(), result.tickCount(), result.baseCount());
            return;
        }
        out.printf("it differs: %s, first at tick %d: %s%n", result.cell(), divergence.tick(), divergence.how());
        if (divergence.comparedAtTick() < 0) {
            out.println("  no later base is recorded to compare entities with");
        } else {
            out.printf("  entities compared after tick %d:%n", divergence.comparedAtTick());
            show(divergence.fields(), differencesMax);
        }
        Divergence.Disagreement disagreement = divergence.amongReplays();
        if (disagreement == null) {
            out.println(
                    "  two replays agree with each other: the game, its options or this build are not what was recorded");
        } else {
            out.printf(
                    "  two replays differ from each other at tick %d: the game asks something that is not recorded (time, chance, identity)%n",
                    disagreement.tick());
            show(disagreement.fields(), differencesMax);
        }
    }

    private void show(List<FieldDifference> fields, int max) {
        fields.stream().limit(max).forEach(each -> out.println("    " + each));
        if (fields.isEmpty()) {
            out.println("    none");
        } else if (fields.size() > max) {
            out.println("    and " + (fields.size() - max) + " more");
        }
    }

    private static String toJson(Replay.Result result) {
        JsonText text = new JsonText()
                .text("cell", result.cell().toString())
                .number("epoch", result.epoch())
                .number("fromTick", result.fromTick())
                .number("toTick", result.toTick())
                .number("ticks", result.tickCount())
                .number("bases", result.baseCount())
                .text("outcome", result.same() ? "same" : "differs");
        Divergence divergence = result.divergence();
        if (divergence != null) {
            text.object("divergence", inner -> {
                inner.number("tick", divergence.tick())
                        .text("how", divergence.how())
                        .number("comparedAtTick", divergence.comparedAtTick())
                        .number("differences", divergence.fields().size());
                first(inner, divergence.fields());
                Divergence.Disagreement disagreement = divergence.amongReplays();
                if (disagreement != null) {
                    inner.object("amongReplays", among -> {
                        among.number("tick", disagreement.tick())
                                .number("differences", disagreement.fields().size());
                        first(among, disagreement.fields());
                    });
                }
            });
        }
        return text.end();
    }

    private static void first(JsonText text, List<FieldDifference> fields) {
        if (!fields.isEmpty()) {
            FieldDifference first = fields.getFirst();
            text.object(
                    "first",
                    inner -> inner.text("entity", first.entity().toString())
                            .text("field", first.field())
                            .text("recorded", first.recorded())
                            .text("replayed", first.replayed()));
        }
    }
}
