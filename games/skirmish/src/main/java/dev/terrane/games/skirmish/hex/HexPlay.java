package dev.terrane.games.skirmish.hex;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandCall;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of hexes. Each command changes the hex and one share, and names both to be kept. */
public final class HexPlay {
    /** Who comes later has to join one of them. */
    static final int SHAREHOLDERS_MAX = 64;

    static final int XP_PER_COMMAND_MAX = 10_000;

    /** What cells have to be asked for. */
    public static final List<CommandType<?>> COMMANDS = HexCommands.ALL;

    /** What hexes are made of. */
    public static final List<Class<? extends Record>> COMPONENTS = List.of(Hex.class, HexShare.class);

    private final EntityStore entities;
    private final ComponentType<Hex> hexType;
    private final ComponentType<HexShare> shareType;
    private final Query hexes;
    private final Query shares;
    private final Callsigns callsigns;

    private HexPlay(EntityStore entities) {
        this.entities = entities;
        this.hexType = entities.schema().type(Hex.class);
        this.shareType = entities.schema().type(HexShare.class);
        this.hexes = entities.query(hexType);
        this.shares = entities.query(shareType);
        this.callsigns = new Callsigns(entities);
    }

    /** Lets a cell take hex commands. */
    public static void configure(WorldContext world) {
        HexPlay play = new HexPlay(world.entities());
        world.onCommand(HexCommands.CONTRIBUTE, play::contribute);
        world.onCommand(HexCommands.VOTE, play::vote);
        world.onCommand(HexCommands.LOOK, play::look);
    }

    private CommandOutcome contribute(CellContext cell, CommandCall<HexCommands.Contribute> call) {
        HexCommands.Contribute wish = call.payload();
        if (call.fromPlayer()) {
            return CommandOutcome.refused(
                    "FORBIDDEN", "contributions are paid for: take up the offer for them by cmd.trade.accept");
        }
        UUID payer = characterOf(wish.customer());
        if (payer == null) {
            return CommandOutcome.refused("UNKNOWN_CHARACTER", "'" + wish.customer() + "' is no character");
        }
        if (wish.quantity() < 1 || wish.quantity() > XP_PER_COMMAND_MAX) {
            return CommandOutcome.refused(
                    "QUANTITY_OUT_OF_RANGE", "pay in 1 to " + XP_PER_COMMAND_MAX + " at once, not " + wish.quantity());
        }
        long share = shareOf(payer);
        if (share == 0 && shareCount() == SHAREHOLDERS_MAX) {
            return CommandOutcome.refused("HEX_FULL", "this hex has " + SHAREHOLDERS_MAX + " shareholders already");
        }
        HexShare paid;
        if (share == 0) {
            paid = HexShare.of(payer.getMostSignificantBits(), payer.getLeastSignificantBits(), wish.quantity())
                    .called(callsigns.of(payer));
            share = cell.spawn(paid);
        } else {
            paid = entities.get(share, shareType).richer(wish.quantity()).called(callsigns.of(payer));
            entities.set(share, shareType, paid);
        }
        long hex = hexOf();
        Hex before = hexState(hex);
        Hex richer = before.richer(wish.quantity());
        boolean isNew = !entities.alive(share);
        Hex after = withOwner(richer, isNew ? paid : null);
        hex = write(cell, hex, after);
        String region = regionOf(cell);
        cell.publish(
                HexEvents.CONTRIBUTED,
                region,
                new HexEvents.Contributed(
                        region, after.version(), wish.customer(), wish.quantity(), paid.xp(), ownerOf(before)));
        HexEvents.Changed changed = tell(cell, after, allShares(isNew ? paid : null));
        return CommandOutcome.done(changed, hex, share);
    }

    private CommandOutcome vote(CellContext cell, CommandCall<HexCommands.Vote> call) {
        UUID voter = characterOf(call.clientId());
        UUID candidate = characterOf(call.payload().candidate());
        long share = voter == null ? 0 : shareOf(voter);
        if (voter == null || share == 0) {
            return CommandOutcome.refused("NO_SHARE", "whoever has paid into this hex may vote; you have not");
        }
        if (candidate == null || shareOf(candidate) == 0) {
            return CommandOutcome.refused(
                    "UNKNOWN_CANDIDATE", "'" + call.payload().candidate() + "' has no share in this hex");
        }
        HexShare voted = entities.get(share, shareType)
                .voting(candidate.getMostSignificantBits(), candidate.getLeastSignificantBits())
                .called(callsigns.of(voter));
        entities.set(share, shareType, voted);
        long hex = hexOf();
        Hex after = withOwner(hexState(hex).touched(), null);
        hex = write(cell, hex, after);
        String region = regionOf(cell);
        cell.publish(
                HexEvents.VOTED,
                region,
                new HexEvents.Voted(
                        region, after.version(), call.clientId(), call.payload().candidate(), voted.xp()));
        return CommandOutcome.done(tell(cell, after, allShares(null)), hex, share);
    }

    private CommandOutcome look(CellContext cell, CommandCall<HexCommands.Look> call) {
        UUID asker = characterOf(call.clientId());
        long share = asker == null ? 0 : shareOf(asker);
        long paid = share == 0 ? 0 : entities.get(share, shareType).xp();
        return CommandOutcome.done(new HexCommands.Seen(asOf(cell, hexState(hexOf()), allShares(null)), paid));
    }

    private HexEvents.Changed tell(CellContext cell, Hex hex, HexShare[] all) {
        HexEvents.Changed changed = asOf(cell, hex, all);
        cell.publish(HexEvents.CHANGED, changed.region(), changed);
        return changed;
    }

    private static HexEvents.Changed asOf(CellContext cell, Hex hex, HexShare[] all) {
        return new HexEvents.Changed(
                regionOf(cell), hex.version(), hex.level(), hex.xp(), ownerOf(hex), nameOfOwner(hex, all), all.length);
    }

    private static String ownerOf(Hex hex) {
        return hex.ownerHigh() == 0 && hex.ownerLow() == 0
                ? ""
                : new CellKey.OfCharacter(new CharacterId(new UUID(hex.ownerHigh(), hex.ownerLow()))).toString();
    }

    private static String nameOfOwner(Hex hex, HexShare[] all) {
        for (HexShare share : all) {
            if (share.high() == hex.ownerHigh() && share.low() == hex.ownerLow()) {
                return share.name();
            }
        }
        return "";
    }

    /** Whoever more than half of what was paid in votes for. Nobody new: the old one stays. @param newcomer not among the entities yet, or null */
    private Hex withOwner(Hex hex, @Nullable HexShare newcomer) {
        HexShare[] all = allShares(newcomer);
        for (HexShare candidate : all) {
            long weight = 0;
            for (HexShare voter : all) {
                if (voter.voteHigh() == candidate.high() && voter.voteLow() == candidate.low()) {
                    weight += voter.xp();
                }
            }
            if (weight > hex.xp() / 2) {
                return hex.ownedBy(candidate.high(), candidate.low());
            }
        }
        return hex;
    }

    private HexShare[] allShares(@Nullable HexShare newcomer) {
        HexShare[] all = new HexShare[shareCount() + (newcomer == null ? 0 : 1)];
        int n = 0;
        for (Table table : shares) {
            for (int row = 0; row < table.size(); row++) {
                all[n++] = entities.get(table.entity(row), shareType);
            }
        }
        if (newcomer != null) {
            all[n] = newcomer;
        }
        return all;
    }

    private int shareCount() {
        int count = 0;
        for (Table table : shares) {
            count += table.size();
        }
        return count;
    }

    private long shareOf(UUID character) {
        for (Table table : shares) {
            for (int row = 0; row < table.size(); row++) {
                HexShare share = entities.get(table.entity(row), shareType);
                if (share.high() == character.getMostSignificantBits()
                        && share.low() == character.getLeastSignificantBits()) {
                    return table.entity(row);
                }
            }
        }
        return 0;
    }

    /** 0: nobody has paid in yet. */
    private long hexOf() {
        for (Table table : hexes) {
            if (table.size() > 0) {
                return table.entity(0);
            }
        }
        return 0;
    }

    private Hex hexState(long hex) {
        return hex == 0 ? Hex.WILD : entities.get(hex, hexType);
    }

    private long write(CellContext cell, long hex, Hex state) {
        if (hex == 0) {
            return cell.spawn(state);
        }
        entities.set(hex, hexType, state);
        return hex;
    }

    private static String regionOf(CellContext cell) {
        return new CellKey.OfRegion(cell.cell().region()).toString();
    }

    private static @Nullable UUID characterOf(String client) {
        return CellKey.parse(client)
                .filter(CellKey.OfCharacter.class::isInstance)
                .map(key -> ((CellKey.OfCharacter) key).character().value())
                .orElse(null);
    }
}
