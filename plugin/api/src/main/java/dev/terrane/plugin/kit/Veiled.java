package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * Hides an entity: from the next snapshot on it has left the view of everybody but those it is {@code to}, and no byte of it is sent to anybody else's client.
 * Its own driver always sees it. The game attaches and detaches it, or leaves it attached and writes the field, which is cheaper.
 *
 * <p>Only the view of clients is veiled. Systems of this and of other cells meet the entity as before, and whoever must not notice it has to be told so by the game:
 * the component is there on ghosts, too. Events are told to everybody near their place, so a game does not emit what would betray a hidden entity.
 *
 * @param to {@link #NOT}, {@link #SQUAD}, {@link #TEAM} or {@link #OWNER}; one without the group that is named shows itself to its driver alone
 */
@Component("kit.veiled")
public record Veiled(int to) {
    /** Everybody sees it. */
    public static final int NOT = 0;
    /** Its {@link Allegiance#squad} sees it. */
    public static final int SQUAD = 1;
    /** Its {@link Allegiance#team} sees it. */
    public static final int TEAM = 2;
    /** Its driver alone sees it; what nobody drives, nobody sees. */
    public static final int OWNER = 3;
}
