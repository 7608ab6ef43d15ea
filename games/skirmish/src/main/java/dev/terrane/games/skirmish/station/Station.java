package dev.terrane.games.skirmish.station;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.WalletAddress;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.inventory.ContainerAddress;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandCall;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Position;
import dev.terrane.trade.TradeCommands;
import java.util.List;
import java.util.UUID;

/** The rules of stations. */
public final class Station {
    /** What everything is paid in; it has no decimals. */
    public static final String CURRENCY = "credit";

    /** Whose the station's money and goods are. */
    public static final String OWNER = "service:station";

    /** Goods. */
    public static final String ROUNDS = "rounds";

    /** Goods. */
    public static final String REPAIR = "repair";

    /** What a region is paid into for: one xp for one credit. */
    public static final String HEX = "hex";

    /** How near to a region's centre a ship has to be. */
    public static final float DOCK_METRES = 60;

    /** What cells have to be asked for. */
    public static final List<CommandType<?>> COMMANDS = List.of(StationCommands.DELIVER);

    private static final int ROUND_PRICE = 2;
    private static final int POINT_PRICE = 1;
    private static final int SALVAGE_PRICE = 5;
    /** What the station has to buy with. */
    private static final long FLOAT = 1_000_000_000;

    private static final String DEPOT = "depot";

    private final EntityStore entities;
    private final ComponentType<Position> position;
    private final ComponentType<Magazine> magazine;
    private final Yard yard;

    private Station(EntityStore entities, Yard yard) {
        this.entities = entities;
        this.position = entities.schema().type(Position.class);
        this.magazine = entities.schema().type(Magazine.class);
        this.yard = yard;
    }

    /** Lets a cell's ships buy. */
    public static void configure(WorldContext world, Yard yard) {
        Station station = new Station(world.entities(), yard);
        world.onCommand(StationCommands.DELIVER, station::deliver);
        world.onGenesis(Station::openShop);
    }

    /** Once per world: its first region puts the offers up. Said again, it is the same. */
    private static void openShop(CellContext cell) {
        if (!cell.cell().region().equals(cell.map().partition().regions().getFirst())) {
            return;
        }
        cell.command(
                EconomyCommands.OPEN, "station-wallet", new EconomyCommands.Open(WalletAddress.of(OWNER, CURRENCY)));
        offer(cell, ROUNDS, ROUND_PRICE, StationCommands.DELIVER.name());
        offer(cell, REPAIR, POINT_PRICE, StationCommands.DELIVER.name());
        offer(cell, HEX, 1, "cmd.hex.contribute");
        cell.command(
                InventoryCommands.OPEN, "station-depot", new InventoryCommands.Open(ContainerAddress.of(OWNER, DEPOT)));
        cell.command(
                EconomyCommands.ISSUE,
                "station-float",
                new EconomyCommands.Issue(WalletAddress.of(OWNER, CURRENCY), FLOAT, "float"));
        cell.command(
                TradeCommands.POST,
                "station-offer-salvage",
                new TradeCommands.Post(
                        Salvage.ITEM,
                        OWNER,
                        CURRENCY,
                        SALVAGE_PRICE,
                        true,
                        InventoryCommands.TRANSFER.name(),
                        Salvage.ITEM + "/" + Salvage.HOLD + "/" + DEPOT));
    }

    private static void offer(CellContext cell, String what, int price, String deliver) {
        cell.command(
                TradeCommands.POST,
                "station-offer-" + what,
                new TradeCommands.Post(what, OWNER, CURRENCY, price, false, deliver, what));
    }

    /** A pilot gets salvage, and a wallet to be paid into when it is sold. False if that cannot be asked for now. @param occasion names where from: had once, however often it is asked for */
    public static boolean stow(CellContext cell, Avatar pilot, int pieces, String occasion) {
        String wallet = WalletAddress.of(ownerOf(pilot), CURRENCY);
        return cell.command(EconomyCommands.OPEN, occasion + "-wallet", new EconomyCommands.Open(wallet))
                && cell.command(
                        InventoryCommands.GRANT,
                        occasion,
                        new InventoryCommands.Grant(
                                ContainerAddress.of(ownerOf(pilot), Salvage.HOLD), Salvage.ITEM, pieces, occasion));
    }

    private static String ownerOf(Avatar pilot) {
        return new CellKey.OfCharacter(new CharacterId(new UUID(pilot.characterHigh(), pilot.characterLow())))
                .toString();
    }

    /** The world pays a pilot, unless too much waits for the store, which the cell counts. @param occasion names what for: paid once, however often it is asked for */
    public static void reward(CellContext cell, Avatar pilot, int credits, String occasion) {
        cell.command(
                EconomyCommands.ISSUE,
                occasion,
                new EconomyCommands.Issue(WalletAddress.of(ownerOf(pilot), CURRENCY), credits, occasion));
    }

    private CommandOutcome deliver(CellContext cell, CommandCall<StationCommands.Goods> call) {
        if (call.fromPlayer()) {
            return CommandOutcome.refused("FORBIDDEN", "goods are paid for: take up an offer by cmd.trade.accept");
        }
        StationCommands.Goods goods = call.payload();
        long ship = call.avatar();
        if (!yard.flies(ship)) {
            return CommandOutcome.refused("SHIP_LOST", "there is no ship to bring it to; try again with the next one");
        }
        Position at = entities.get(ship, position);
        if ((double) at.x() * at.x() + (double) at.y() * at.y() > DOCK_METRES * DOCK_METRES) {
            return CommandOutcome.refused(
                    "NOT_AT_STATION",
                    "come within " + (int) DOCK_METRES + " metres of a station, at a region's centre");
        }
        return switch (goods.what()) {
            case ROUNDS -> load(ship, goods.quantity());
            case REPAIR -> repair(ship, goods.quantity());
            default -> CommandOutcome.refused("UNKNOWN_GOODS", "stations have no '" + goods.what() + "'");
        };
    }

    private CommandOutcome load(long ship, int quantity) {
        int rounds = entities.get(ship, magazine).rounds();
        if (quantity < 1 || quantity > Magazine.ROUNDS_MAX - rounds) {
            return CommandOutcome.refused(
                    "NO_ROOM", "there is room for " + (Magazine.ROUNDS_MAX - rounds) + " rounds aboard");
        }
        entities.set(ship, magazine, new Magazine(rounds + quantity));
        return CommandOutcome.done(new StationCommands.Delivered(rounds + quantity), ship);
    }

    private CommandOutcome repair(long ship, int points) {
        int missing = yard.missing(ship);
        if (points < 1 || points > missing) {
            return CommandOutcome.refused("NOT_DAMAGED", missing + " points of hull and armor are missing");
        }
        return CommandOutcome.done(new StationCommands.Delivered(yard.repair(ship, points)), ship);
    }
}
