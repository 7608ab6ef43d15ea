package dev.terrane.cell;

import dev.terrane.protocol.cluster.CellInput.ConductReport;
import dev.terrane.protocol.cluster.Offence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What listeners are told of a player against whom much has come together. The key is the character, so that nobody but services and operators hears of it.
 *
 * @param character UUID
 * @param points against it when it was reported
 * @param kicked it lost its connection for it
 * @param offences since it was last reported
 */
public record FairPlayViolated(String character, int points, boolean kicked, List<Counted> offences) {
    public static final String TOPIC = "evt.fairplay.violated";

    /** @param offence an {@link Offence} in small letters */
    public record Counted(String offence, int count) {}

    static FairPlayViolated of(ConductReport report) {
        List<Counted> counted = new ArrayList<>();
        Offence[] all = Offence.values();
        for (int i = 0; i < Math.min(all.length, report.counts().length); i++) {
            if (report.counts()[i] > 0) {
                counted.add(new Counted(all[i].name().toLowerCase(Locale.ROOT), report.counts()[i]));
            }
        }
        return new FairPlayViolated(report.character().toString(), report.points(), report.kicked(), counted);
    }
}
