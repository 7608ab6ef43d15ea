package dev.terrane.fairplay;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Offence;

/** What one player's inputs have said of time and buttons, as long as his avatar is in one cell: a hand-off, another session begin anew. */
public final class PlayerConduct {
    private final ViewPace views;
    private final Lapses clock;
    private final Allowance presses;
    /** Of the input that is being applied; nothing of it is left between ticks. */
    private boolean strays;

    /** @param pressesPerSecondMax see {@link dev.terrane.plugin.Conduct}; 0: not counted */
    public PlayerConduct(int pressesPerSecondMax, int simulationHz) {
        this.views = new ViewPace(simulationHz);
        this.clock = new Lapses(simulationHz);
        this.presses = new Allowance(pressesPerSecondMax, simulationHz);
    }

    /**
     * The moment that an input was made for; ask {@link #heard} afterwards.
     *
     * @param tick of the cell, rising
     * @param claimedTicks how long ago the player says that he saw the others; 0 or more. 0 also for whoever does not say
     * @return how much of that is believed
     */
    public float view(long tick, float claimedTicks) {
        strays = views.strays(tick, claimedTicks);
        return views.believed(claimedTicks);
    }

    /**
     * The input is applied.
     *
     * @param aheadTicksMax that an input may name; farther ahead is no tick of this world
     * @param clientTick that the input names; 0: none
     * @param pressed bits of the buttons that went down
     * @return what is wrong with it, its view included, see {@link Offences}
     */
    public int heard(long tick, int aheadTicksMax, int clientTick, int pressed) {
        int found = strays ? Offences.of(Offence.VIEW) : Offences.NONE;
        strays = false;
        if (clock.counts(tick, clientTick != 0 && clientTick - (int) tick > aheadTicksMax)) {
            found |= Offences.of(Offence.CLOCK);
        }
        if (pressed != 0 && presses.tooOften(tick)) {
            found |= Offences.of(Offence.PRESSES);
        }
        return found;
    }

    public void write(ByteWriter out) {
        views.write(out);
        clock.write(out);
        presses.write(out);
    }

    public void read(ByteReader in) {
        views.read(in);
        clock.read(in);
        presses.read(in);
    }
}
