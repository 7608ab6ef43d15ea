package dev.terrane.simulation.books;

import dev.terrane.command.CommandResult;
import dev.terrane.economy.Hold;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Wallet;
import dev.terrane.inventory.Movement;
import dev.terrane.inventory.Stack;
import dev.terrane.trade.Trade;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Money, goods and trades: what the books of the services and the chests of the cells say must be one story. */
final class BooksChecker {
    private final Store store;
    private final Witness witness;
    private final List<Hoard.Sight> sights;

    BooksChecker(Store store, Witness witness, List<Hoard.Sight> sights) {
        this.store = store;
        this.witness = witness;
        this.sights = sights;
    }

    void check() {
        chests();
        trades();
        money();
        goods();
    }

    private static void require(boolean fact, Rule rule, String what) {
        if (!fact) {
            throw new BooksViolation(rule, what);
        }
    }

    private void money() {
        SortedMap<String, Long> sums = new TreeMap<>();
        SortedMap<String, long[]> told = new TreeMap<>();
        for (Posting posting : store.economy.postings) {
            Posting.Move move = posting.move();
            told.computeIfAbsent(move.from().address(), _ -> new long[2])[
                            move.kind().fromHeld() ? 1 : 0] -=
                    move.amount();
            told.computeIfAbsent(move.to().address(), _ -> new long[2])[
                    move.kind().toHeld() ? 1 : 0] += move.amount();
        }
        store.economy.accounts.forEach((address, row) -> {
            sums.merge(row.wallet().currency(), row.available() + row.held(), Long::sum);
            long[] postings = told.getOrDefault(address, new long[2]);
            require(
                    row.available() == postings[0] && row.held() == postings[1],
                    Rule.MONEY,
                    row + " differs from its postings: " + postings[0] + " and " + postings[1]);
            require(
                    row.wallet().kind() == Wallet.Kind.ISSUER || row.available() >= 0 && row.held() >= 0,
                    Rule.MONEY,
                    row + " is below zero");
        });
        sums.forEach((currency, sum) -> require(sum == 0, Rule.MONEY, currency + " add up to " + sum));
        long paid = store.economy.postings.stream()
                .filter(posting -> posting.cause().reference().equals("put"))
                .mapToLong(posting -> posting.move().amount())
                .sum();
        long points = sights.stream().mapToLong(sight -> sight.chest().points()).sum();
        require(paid == points, Rule.MONEY, points + " points were put in, but " + paid + " paid for it");
    }

    private void goods() {
        SortedMap<String, Long> made = new TreeMap<>();
        for (Movement movement : store.inventory.movements) {
            long sign = (movement.from() == null ? 1 : 0) - (movement.to() == null ? 1 : 0);
            made.merge(movement.goods().type().code(), sign * movement.goods().amount(), Long::sum);
        }
        SortedMap<String, Long> present = new TreeMap<>();
        SortedMap<Long, String> unique = new TreeMap<>();
        store.inventory.stacks.forEach((address, slots) -> {
            for (Stack stack : slots.values()) {
                require(
                        stack.amount() > 0 && stack.amount() <= stack.type().stackMax(),
                        Rule.GOODS,
                        stack + " lies in " + address);
                present.merge(stack.type().code(), (long) stack.amount(), Long::sum);
                if (stack.type().unique()) {
                    require(unique.put(stack.item(), address) == null, Rule.GOODS, stack + " is in two places");
                }
            }
        });
        require(made.equals(present), Rule.GOODS, made + " were made, " + present + " are there");
    }

    private void chests() {
        SortedMap<String, Long> points = new TreeMap<>();
        SortedMap<String, Long> given = new TreeMap<>();
        for (LaneTables.Accepted command : store.lanes.accepted().values()) {
            if (!(witness.recorded(command) instanceof CommandResult.Done)) {
                continue;
            }
            if (command.first.type().equals(Hoard.PUT.name())) {
                long put = EffectChecker.payload(Hoard.PUT, command.first).points();
                points.merge(command.first.key(), put, Long::sum);
            } else if (command.first.type().equals(Hoard.DELIVER.name())) {
                long quantity =
                        EffectChecker.payload(Hoard.DELIVER, command.first).quantity();
                given.merge(command.first.key(), quantity, Long::sum);
            }
        }
        for (int i = 0; i < sights.size(); i++) {
            Hoard.Chest chest = sights.get(i).chest();
            String key = "region:" + i + ",0";
            require(
                    chest.points() == points.getOrDefault(key, 0L)
                            && chest.given() == given.getOrDefault(key, 0L)
                            && chest.deeds() == sights.get(i).marks().size(),
                    Rule.CELL,
                    key + " has " + chest + ", acknowledged are " + points + " points and " + given + " fuel");
            require(
                    chest.fuel() >= 0 && chest.fuel() + chest.given() == Hoard.FUEL_AT_FIRST,
                    Rule.GOODS,
                    key + " has " + chest);
        }
    }

    private void trades() {
        Map<String, Integer> moved = new TreeMap<>();
        store.inventory.movements.forEach(
                movement -> moved.merge(movement.cause().reference(), 1, Integer::sum));
        sights.forEach(sight -> sight.marks().forEach(mark -> moved.merge(mark.note(), 1, Integer::sum)));
        Map<String, Integer> held = new TreeMap<>();
        store.economy.postings.stream()
                .filter(posting -> posting.move().kind() == Posting.Kind.HOLD)
                .forEach(posting -> held.merge(posting.cause().reference(), 1, Integer::sum));
        Map<String, Integer> told = new TreeMap<>();
        store.service("trade").outbox.everEvents().stream()
                .filter(event -> event.topic().equals("evt.trade.ended"))
                .forEach(event -> told.merge(event.eventId(), 1, Integer::sum));
        for (Trade trade : store.trade.trades.values()) {
            boolean done = trade.state() == Trade.State.DONE;
            require(done || trade.state() == Trade.State.REFUSED, Rule.SAGA, trade + " has not ended");
            require(
                    told.getOrDefault(trade.id() + "/ended", 0) == 1,
                    Rule.SAGA,
                    trade + " was told to have ended " + told.get(trade.id() + "/ended") + " times");
            require(
                    moved.getOrDefault(trade.id(), 0) == (done ? 1 : 0),
                    Rule.SAGA,
                    trade + " brought its goods " + moved.getOrDefault(trade.id(), 0) + " times");
            require(
                    held.getOrDefault(trade.id(), 0) == (trade.hold() == 0 ? 0 : 1),
                    Rule.SAGA,
                    trade + " set money aside " + held.get(trade.id()) + " times");
            Hold.End end = store.economy.ended.get(trade.hold());
            require(
                    trade.hold() == 0 ? !done : end != null && end.captured() == (done ? trade.total() : 0),
                    Rule.SAGA,
                    trade + " took " + end);
        }
        require(
                store.economy.holds.keySet().equals(store.economy.ended.keySet()),
                Rule.SAGA,
                store.economy.holds.keySet() + " were set aside, ended are " + store.economy.ended.keySet());
    }
}
