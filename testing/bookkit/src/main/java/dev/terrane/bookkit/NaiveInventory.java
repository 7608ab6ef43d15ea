package dev.terrane.bookkit;

import dev.terrane.command.CommandErrors;
import dev.terrane.inventory.InventoryCommands.Consume;
import dev.terrane.inventory.InventoryCommands.Grant;
import dev.terrane.inventory.InventoryCommands.Move;
import dev.terrane.inventory.InventoryCommands.Open;
import dev.terrane.inventory.InventoryCommands.Transfer;
import dev.terrane.inventory.InventoryErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The inventory as somebody would write it in an afternoon: shelves by name, a pile on each board. It shares no code with the rules but the words.
 *
 * <p>It knows {@code ammo} (stacks of 50), {@code ore} (stacks of 8), {@code gun} (unique), and containers of the kinds {@code cargo} (6 boards) and {@code crate} (2).
 */
final class NaiveInventory {
    private static final Map<String, Integer> STACKS = Map.of("ammo", 50, "ore", 8, "gun", 1);
    private static final Map<String, Integer> BOARDS = Map.of("cargo", 6, "crate", 2);

    private final Map<String, Map<Integer, Pile>> shelves = new TreeMap<>();

    /** @param number of a unique item, else 0 */
    record Pile(String item, int amount, long number) {}

    /** All shelves, for everybody to compare. */
    Map<String, Map<Integer, Pile>> shelves() {
        return shelves;
    }

    /** @param made numbers that the books have given to unique items, if it is a grant */
    Expected apply(String who, Record wish, List<Long> made) {
        return switch (wish) {
            case Open open -> open(who, open);
            case Grant grant -> grant(who, grant, made);
            case Consume consume -> consume(who, consume);
            case Transfer transfer -> transfer(who, transfer);
            case Move move -> move(who, move);
            default -> throw new IllegalStateException(wish.toString());
        };
    }

    private Expected open(String who, Open wish) {
        String problem = first(
                addressProblem(wish.container()),
                trusted(who) || owns(who, wish.container()) ? "" : InventoryErrors.FOREIGN_CONTAINER);
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        boolean created = shelves.putIfAbsent(wish.container(), new TreeMap<>()) == null;
        return Expected.done(created, boards(wish.container()));
    }

    private Expected grant(String who, Grant wish, List<Long> made) {
        String problem = first(
                amountProblem(wish.item(), wish.amount()),
                trusted(who) ? "" : CommandErrors.FORBIDDEN,
                wish.source().isEmpty() ? InventoryErrors.SOURCE_MISSING : "",
                addressProblem(wish.to()));
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        Map<Integer, Pile> after = new TreeMap<>(shelves.getOrDefault(wish.to(), Map.of()));
        List<Pile> piles = new ArrayList<>();
        if (wish.item().equals("gun")) {
            for (int i = 0; i < wish.amount(); i++) {
                piles.add(new Pile("gun", 1, i < made.size() ? made.get(i) : -1 - i));
            }
        } else {
            piles.add(new Pile(wish.item(), wish.amount(), 0));
        }
        if (!pileUp(after, boards(wish.to()), piles)) {
            return Expected.refused(InventoryErrors.NO_SPACE);
        }
        shelves.put(wish.to(), after);
        return Expected.done(
                wish.amount(),
                piles.stream().map(Pile::number).filter(number -> number != 0).toList());
    }

    private Expected consume(String who, Consume wish) {
        String problem = first(amountProblem(wish.item(), wish.amount()), trusted(who) ? "" : CommandErrors.FORBIDDEN);
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        if (!shelves.containsKey(wish.from())) {
            return Expected.refused(InventoryErrors.UNKNOWN_CONTAINER);
        }
        Map<Integer, Pile> after = new TreeMap<>(shelf(wish.from()));
        List<Pile> taken = take(after, wish.item(), wish.amount(), wish.unique());
        if (taken.isEmpty()) {
            return Expected.refused(InventoryErrors.NOT_ENOUGH_ITEMS);
        }
        shelves.put(wish.from(), after);
        return Expected.done(wish.amount(), numbers(taken));
    }

    private Expected transfer(String who, Transfer wish) {
        String problem = first(
                amountProblem(wish.item(), wish.amount()),
                ownProblem(who, wish.from()),
                ownProblem(who, wish.to()),
                wish.from().equals(wish.to()) ? InventoryErrors.SAME_PLACE : "");
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        Map<Integer, Pile> from = new TreeMap<>(shelf(wish.from()));
        Map<Integer, Pile> to = new TreeMap<>(shelf(wish.to()));
        List<Pile> taken = take(from, wish.item(), wish.amount(), wish.unique());
        if (taken.isEmpty()) {
            return Expected.refused(InventoryErrors.NOT_ENOUGH_ITEMS);
        }
        if (!pileUp(to, boards(wish.to()), taken)) {
            return Expected.refused(InventoryErrors.NO_SPACE);
        }
        shelves.put(wish.from(), from);
        shelves.put(wish.to(), to);
        return Expected.done(wish.amount(), numbers(taken));
    }

    private Expected move(String who, Move wish) {
        String problem = first(
                ownProblem(who, wish.from()),
                ownProblem(who, wish.to()),
                slotProblem(wish.from(), wish.fromSlot()),
                slotProblem(wish.to(), wish.toSlot()),
                wish.from().equals(wish.to()) && wish.fromSlot() == wish.toSlot() ? InventoryErrors.SAME_PLACE : "");
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        Pile pile = shelf(wish.from()).get(wish.fromSlot());
        if (pile == null) {
            return Expected.refused(InventoryErrors.SLOT_EMPTY);
        }
        Pile there = shelf(wish.to()).get(wish.toSlot());
        int sum = wish.amount() + (there == null ? 0 : there.amount);
        problem = first(
                amountProblem(pile.item, wish.amount()),
                wish.amount() > pile.amount ? InventoryErrors.NOT_ENOUGH_ITEMS : "",
                there != null && (pile.number != 0 || !there.item.equals(pile.item)) ? InventoryErrors.SLOT_TAKEN : "",
                sum > STACKS.getOrDefault(pile.item, 0) ? InventoryErrors.STACK_FULL : "");
        if (!problem.isEmpty()) {
            return Expected.refused(problem);
        }
        less(shelf(wish.from()), wish.fromSlot(), wish.amount());
        shelf(wish.to()).put(wish.toSlot(), new Pile(pile.item, sum, pile.number));
        return Expected.done(wish.amount());
    }

    /** First onto piles of the same, then onto free boards. */
    private static boolean pileUp(Map<Integer, Pile> shelf, int boards, List<Pile> piles) {
        for (Pile pile : piles) {
            int max = STACKS.getOrDefault(pile.item, 0);
            int left = pile.amount;
            for (int board = 0; board < boards && left > 0 && pile.number == 0; board++) {
                Pile there = shelf.get(board);
                if (there != null && there.item.equals(pile.item)) {
                    int more = Math.min(left, max - there.amount);
                    shelf.put(board, new Pile(pile.item, there.amount + more, 0));
                    left -= more;
                }
            }
            for (int board = 0; board < boards && left > 0; board++) {
                if (!shelf.containsKey(board)) {
                    int more = Math.min(left, max);
                    shelf.put(board, new Pile(pile.item, more, pile.number));
                    left -= more;
                }
            }
            if (left > 0) {
                return false;
            }
        }
        return true;
    }

    /** Nothing: there is not enough. */
    private static List<Pile> take(Map<Integer, Pile> shelf, String item, int amount, @Nullable Long unique) {
        List<Pile> taken = new ArrayList<>();
        int left = amount;
        for (int board = 0; board < 6 && left > 0; board++) {
            Pile pile = shelf.get(board);
            if (pile != null
                    && pile.item.equals(item)
                    && (unique == null || unique == pile.number && item.equals("gun"))) {
                int less = Math.min(left, pile.amount);
                less(shelf, board, less);
                left -= less;
                if (item.equals("gun")) {
                    taken.add(pile);
                }
            }
        }
        if (left > 0) {
            return List.of();
        }
        return item.equals("gun") ? taken : List.of(new Pile(item, amount, 0));
    }

    private static void less(Map<Integer, Pile> shelf, int board, int amount) {
        shelf.computeIfPresent(
                board,
                (_, pile) -> pile.amount == amount ? null : new Pile(pile.item, pile.amount - amount, pile.number));
    }

    private static List<Long> numbers(List<Pile> piles) {
        return piles.stream().map(Pile::number).filter(number -> number != 0).toList();
    }

    private Map<Integer, Pile> shelf(String container) {
        return shelves.computeIfAbsent(container, _ -> new TreeMap<>());
    }

    private static int boards(String container) {
        return BOARDS.getOrDefault(container.split("/", -1)[1], 0);
    }

    private static String addressProblem(String container) {
        String[] parts = container.split("/", -1);
        if (parts.length < 2 || !parts[0].contains(":")) {
            return InventoryErrors.BAD_ADDRESS;
        }
        return BOARDS.containsKey(parts[1]) ? "" : InventoryErrors.UNKNOWN_KIND;
    }

    private static String amountProblem(String item, int amount) {
        if (!STACKS.containsKey(item)) {
            return InventoryErrors.UNKNOWN_ITEM;
        }
        return amount < 1 || amount > (item.equals("gun") ? 16 : 1_000_000_000)
                ? InventoryErrors.AMOUNT_OUT_OF_RANGE
                : "";
    }

    private String ownProblem(String who, String container) {
        if (!shelves.containsKey(container)) {
            return InventoryErrors.UNKNOWN_CONTAINER;
        }
        return trusted(who) || owns(who, container) ? "" : InventoryErrors.FOREIGN_CONTAINER;
    }

    private static String slotProblem(String container, int slot) {
        return slot < 0 || slot >= boards(container) ? InventoryErrors.SLOT_OUT_OF_RANGE : "";
    }

    private static boolean trusted(String who) {
        return who.startsWith("cell:") || who.startsWith("service:") || who.startsWith("admin:");
    }

    private static boolean owns(String who, String container) {
        return who.startsWith("character:") && container.startsWith(who + "/");
    }

    private static String first(String... problems) {
        for (String problem : problems) {
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }
}
