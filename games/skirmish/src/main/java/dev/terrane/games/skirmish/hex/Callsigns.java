package dev.terrane.games.skirmish.hex;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Nameplate;
import java.util.UUID;

/** What characters call themselves, as far as their ships are in this cell. */
final class Callsigns {
    private final EntityStore entities;
    private final ComponentType<Avatar> avatar;
    private final ComponentType<Nameplate> nameplate;
    private final Query named;

    Callsigns(EntityStore entities) {
        this.entities = entities;
        this.avatar = entities.schema().type(Avatar.class);
        this.nameplate = entities.schema().type(Nameplate.class);
        this.named = entities.query(avatar, nameplate);
    }

    /** Empty: its ship is elsewhere. Looks at every avatar of the cell. */
    String of(UUID character) {
        for (Table table : named) {
            for (int row = 0; row < table.size(); row++) {
                Avatar driver = entities.get(table.entity(row), avatar);
                if (driver.characterHigh() == character.getMostSignificantBits()
                        && driver.characterLow() == character.getLeastSignificantBits()) {
                    return entities.get(table.entity(row), nameplate).name();
                }
            }
        }
        return "";
    }
}
