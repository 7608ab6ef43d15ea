package dev.terrane.protocol.cluster;

/**
 * Who may be sent a slice, as a {@code long}: everybody, a squad, a team, or the driver of one avatar. Two slices of one chunk are apart when these differ.
 *
 * <pre>
 *   0 everybody │ 0 id of the avatar │ 10 squad │ 11 team
 * </pre>
 */
public final class SliceAudience {
    public static final long EVERYBODY = 0;

    private static final long GROUP = 1L << 63;
    private static final long TEAM = 1L << 62;

    private SliceAudience() {}

    /** @param squad not 0 */
    public static long squad(int squad) {
        return GROUP | Integer.toUnsignedLong(squad);
    }

    /** @param team not 0 */
    public static long team(int team) {
        return GROUP | TEAM | Integer.toUnsignedLong(team);
    }

    /** @param avatar its entity id */
    public static long driverOf(long avatar) {
        return avatar;
    }

    /** Whether the driver of this avatar, of this squad and team (0 for none), is among them. */
    public static boolean includes(long audience, long avatar, int squad, int team) {
        return audience == EVERYBODY
                || audience == avatar
                || (squad != 0 && audience == squad(squad))
                || (team != 0 && audience == team(team));
    }
}
