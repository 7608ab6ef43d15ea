package dev.terrane.inventory;

import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.PayloadCodec;
import dev.terrane.inventory.InventoryCommands.Consume;
import dev.terrane.inventory.InventoryCommands.Grant;
import dev.terrane.inventory.InventoryCommands.Move;
import dev.terrane.inventory.InventoryCommands.Open;
import dev.terrane.inventory.InventoryCommands.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory allows. Each command is decided as a whole: refused, with nothing changed, or noted down in the {@link Stock}. Keeps nothing between commands; any
 * thread may use it.
 */
public final class InventoryRules {
    private final PayloadCodec codec;

    /** @param codec for results and events */
    public InventoryRules(PayloadCodec codec) {
        this.codec = codec;
    }

    /** Addresses of the containers that a payload names: they must be known before it is decided, if they are there. */
    public static SortedSet<String> needs(Record payload) {
        SortedSet<String> addresses = new TreeSet<>();
        switch (payload) {
            case Open open -> addresses.add(open.container());
            case Grant grant -> addresses.add(grant.to());
            case Consume consume -> addresses.add(consume.from());
            case Move move -> addresses.addAll(List.of(move.from(), move.to()));
            case Transfer transfer -> addresses.addAll(List.of(transfer.from(), transfer.to()));
            default -> {} // the rules will say so
        }
        return addresses;
    }

    /** Owner for whom a payload may open a container: how many he has must be known, and must not change meanwhile. */
    public static Optional<String> opener(Record payload) {
        return payload instanceof Open open
                ? ContainerAddress.parse(open.container()).map(ContainerAddress::owner)
                : Optional.empty();
    }

    /**
     * Decides a command on a stock that has all that {@link #needs} says.
     *
     * @throws IllegalStateException if the payload is none of {@link InventoryCommands#ALL}: a bug; nothing was changed
     */
    public Ruling decide(Stock stock, Asked asked, Record payload) {
        int before = stock.moved().size();
        Record result;
        try {
            result = new Deciding(stock, asked).result(payload);
        } catch (RefusedException e) {
            return new Ruling(e.refusal(), List.of());
        }
        List<Movement> moved = stock.moved();
        return new Ruling(
                new CommandResult.Done(codec.encode(result)), events(asked, moved.subList(before, moved.size())));
    }

    private List<EventEnvelope> events(Asked asked, List<Movement> movements) {
        List<EventEnvelope> events = new ArrayList<>(movements.size());
        for (Movement movement : movements) {
            InventoryResults.Moved told = new InventoryResults.Moved(
                    movement.transaction(),
                    movement.goods().type().code(),
                    movement.goods().amount(),
                    movement.goods().item(),
                    address(movement.from()),
                    address(movement.to()),
                    movement.cause().reference());
            events.add(new EventEnvelope(
                    InventoryResults.MOVED,
                    asked.commandKey(),
                    "inventory-" + movement.id(),
                    asked.eventId(),
                    movement.cause().atMillis(),
                    codec.encode(told)));
        }
        return events;
    }

    private static String address(@Nullable Container container) {
        return container == null ? "" : container.address();
    }

    /** One command. Everything is tried on copies; the last lines put them into the stock. */
    private record Deciding(Stock stock, Asked asked) {
        private Record result(Record payload) {
            return switch (payload) {
                case Transfer transfer -> transfer(transfer);
                case Move move -> move(move);
                case Grant grant -> grant(grant);
                case Consume consume -> consume(consume);
                case Open open -> open(open);
                default -> throw new IllegalStateException(payload + " is nothing that the inventory knows");
            };
        }

        private Record open(Open wish) {
            ContainerAddress address = address(wish.container());
            ContainerKind kind = kind(address);
            require(
                    trusted() || isMine(address.owner()),
                    InventoryErrors.FOREIGN_CONTAINER,
                    asked.clientId() + " opens containers of its own only");
            boolean created = stock.container(wish.container()).isEmpty();
            require(
                    !created
                            || trusted()
                            || stock.containerCount(address.owner()) < InventoryLimits.CONTAINERS_PER_CHARACTER_MAX,
                    InventoryErrors.TOO_MANY_CONTAINERS,
                    address.owner() + " has " + InventoryLimits.CONTAINERS_PER_CHARACTER_MAX + " containers already");
            if (created) {
                stock.open(address, kind);
            }
            return new InventoryResults.Opened(wish.container(), created, kind.slotCount());
        }

        private Record grant(Grant wish) {
            ItemType type = type(wish.item());
            amount(type, wish.amount());
            require(trusted(), CommandErrors.FORBIDDEN, asked.clientId() + " may not make goods");
            require(!wish.source().isBlank(), InventoryErrors.SOURCE_MISSING, "say what the goods come from");
            Movement.Cause cause = cause(wish.source());
            Container to = stock.container(wish.to()).orElse(null);
            ContainerAddress address = address(wish.to());
            ContainerKind kind = kind(address);
            Slots slots = to == null ? new Slots(kind.slotCount()) : stock.slots(to);
            List<Stack> goods = new ArrayList<>();
            List<Long> items = new ArrayList<>();
            for (int i = 0; type.unique() && i < wish.amount(); i++) {
                Stack item = new Stack(type, 1, stock.number());
                require(slots.addItem(item), InventoryErrors.NO_SPACE, full(wish.to()));
                goods.add(item);
                items.add(item.item());
            }
            if (!type.unique()) {
                require(slots.add(type, wish.amount()), InventoryErrors.NO_SPACE, full(wish.to()));
                goods.add(new Stack(type, wish.amount(), 0));
            }
            Container filled = to == null ? stock.open(address, kind) : to;
            stock.put(filled, slots);
            return new InventoryResults.Carried(stock.note(goods, null, filled, cause), wish.amount(), items);
        }

        private Record consume(Consume wish) {
            ItemType type = type(wish.item());
            amount(type, wish.amount());
            require(trusted(), CommandErrors.FORBIDDEN, asked.clientId() + " may not use goods up");
            Movement.Cause cause = cause(wish.reference());
            Container from = container(wish.from());
            Slots slots = stock.slots(from);
            List<Stack> goods = take(from, slots, type, wish.amount(), wish.unique());
            stock.put(from, slots);
            return new InventoryResults.Carried(stock.note(goods, from, null, cause), wish.amount(), items(goods));
        }

        private Record transfer(Transfer wish) {
            ItemType type = type(wish.item());
            amount(type, wish.amount());
            Movement.Cause cause = cause(wish.reference());
            Container from = own(wish.from());
            Container to = own(wish.to());
            require(!from.equals(to), InventoryErrors.SAME_PLACE, "a container gives nothing to itself");
            Slots fromSlots = stock.slots(from);
            Slots toSlots = stock.slots(to);
            List<Stack> goods = take(from, fromSlots, type, wish.amount(), wish.unique());
            for (Stack stack : goods) {
                boolean fits = type.unique() ? toSlots.addItem(stack) : toSlots.add(type, stack.amount());
                require(fits, InventoryErrors.NO_SPACE, full(wish.to()));
            }
            stock.put(from, fromSlots);
            stock.put(to, toSlots);
            return new InventoryResults.Carried(stock.note(goods, from, to, cause), wish.amount(), items(goods));
        }

        private Record move(Move wish) {
            Container from = own(wish.from());
            Container to = own(wish.to());
            slot(from, wish.fromSlot());
            slot(to, wish.toSlot());
            boolean inside = from.equals(to);
            require(
                    !inside || wish.fromSlot() != wish.toSlot(),
                    InventoryErrors.SAME_PLACE,
                    "slot " + wish.fromSlot() + " gives nothing to itself");
            Slots fromSlots = stock.slots(from);
            Slots toSlots = inside ? fromSlots : stock.slots(to);
            Stack stack = fromSlots.get(wish.fromSlot());
            if (stack == null) {
                throw new RefusedException(InventoryErrors.SLOT_EMPTY, "slot " + wish.fromSlot() + " is empty");
            }
            amount(stack.type(), wish.amount());
            require(
                    wish.amount() <= stack.amount(),
                    InventoryErrors.NOT_ENOUGH_ITEMS,
                    "slot " + wish.fromSlot() + " has " + stack.amount() + ", less than " + wish.amount());
            Stack there = toSlots.get(wish.toSlot());
            require(
                    there == null
                            || there.type().equals(stack.type())
                                    && !stack.type().unique(),
                    InventoryErrors.SLOT_TAKEN,
                    "something else is in slot " + wish.toSlot());
            int sum = wish.amount() + (there == null ? 0 : there.amount());
            require(
                    sum <= stack.type().stackMax(),
                    InventoryErrors.STACK_FULL,
                    "a stack of " + stack.type().code() + " has at most "
                            + stack.type().stackMax());
            fromSlots.take(wish.fromSlot(), wish.amount());
            toSlots.set(wish.toSlot(), stack.withAmount(sum));
            stock.put(from, fromSlots);
            stock.put(to, toSlots);
            long transaction = inside ? 0 : stock.note(List.of(stack.withAmount(wish.amount())), from, to, cause(null));
            return new InventoryResults.Placed(transaction, wish.amount());
        }

        /** What was taken: one stack for what is counted, one for each unique item. */
        private List<Stack> take(Container from, Slots slots, ItemType type, int amount, @Nullable Long unique) {
            if (unique != null) {
                int slot = type.unique() ? slots.find(type, unique) : -1;
                require(
                        slot >= 0 && amount == 1,
                        InventoryErrors.NOT_ENOUGH_ITEMS,
                        from.address() + " has no " + type.code() + " with the number " + unique);
                slots.take(slot, 1);
                return List.of(new Stack(type, 1, unique));
            }
            require(
                    slots.amountOf(type) >= amount,
                    InventoryErrors.NOT_ENOUGH_ITEMS,
                    from.address() + " has " + slots.amountOf(type) + " of " + type.code() + ", less than " + amount);
            List<Long> taken = new ArrayList<>();
            slots.remove(type, amount, taken);
            return type.unique()
                    ? taken.stream().map(item -> new Stack(type, 1, item)).toList()
                    : List.of(new Stack(type, amount, 0));
        }

        private static List<Long> items(List<Stack> goods) {
            return goods.stream().map(Stack::item).filter(item -> item != 0).toList();
        }

        private boolean trusted() {
            return asked.clientId().startsWith("cell:")
                    || asked.clientId().startsWith("job:")
                    || asked.clientId().startsWith("service:")
                    || asked.clientId().startsWith("admin:");
        }

        private boolean isMine(String owner) {
            return asked.clientId().startsWith("character:") && owner.equals(asked.clientId());
        }

        private Container own(String address) {
            Container container = container(address);
            require(
                    trusted() || isMine(container.owner()),
                    InventoryErrors.FOREIGN_CONTAINER,
                    asked.clientId() + " may not reach into " + address);
            return container;
        }

        private Container container(String address) {
            return stock.container(address)
                    .orElseThrow(() -> new RefusedException(
                            InventoryErrors.UNKNOWN_CONTAINER, "there is no container " + shown(address)));
        }

        private static ContainerAddress address(String text) {
            return ContainerAddress.parse(text)
                    .orElseThrow(() -> new RefusedException(
                            InventoryErrors.BAD_ADDRESS,
                            "'" + shown(text) + "' is no address of a container; write owner/kind or owner/kind/name"));
        }

        private ContainerKind kind(ContainerAddress address) {
            return stock.kind(address.kind())
                    .orElseThrow(() -> new RefusedException(
                            InventoryErrors.UNKNOWN_KIND, "there are no containers of the kind " + address.kind()));
        }

        private ItemType type(String code) {
            return stock.type(code)
                    .orElseThrow(() -> new RefusedException(
                            InventoryErrors.UNKNOWN_ITEM, "there is no item type '" + shown(code) + "'"));
        }

        private static void amount(ItemType type, int amount) {
            int max = type.unique() ? InventoryLimits.UNIQUE_COUNT_MAX : InventoryLimits.AMOUNT_MAX;
            require(
                    amount > 0 && amount <= max,
                    InventoryErrors.AMOUNT_OUT_OF_RANGE,
                    "an amount of " + type.code() + " is 1 to " + max + ", not " + amount);
        }

        private static void slot(Container container, int slot) {
            require(
                    slot >= 0 && slot < container.kind().slotCount(),
                    InventoryErrors.SLOT_OUT_OF_RANGE,
                    container.address() + " has the slots 0 to "
                            + (container.kind().slotCount() - 1));
        }

        private Movement.Cause cause(@Nullable String reference) {
            String note = reference == null ? "" : reference;
            require(
                    note.length() <= InventoryLimits.REFERENCE_CHARS_MAX,
                    CommandErrors.INVALID_PAYLOAD,
                    "a reference has at most " + InventoryLimits.REFERENCE_CHARS_MAX + " characters");
            return new Movement.Cause(asked.key(), note, stock.nowMillis());
        }

        private static String full(String address) {
            return "not all of it fits into " + address;
        }

        private static String shown(String text) {
            int max = 128;
            return text.length() <= max ? text : text.substring(0, max) + "…";
        }

        private static void require(boolean fact, String code, String reason) {
            if (!fact) {
                throw new RefusedException(code, reason);
            }
        }
    }
}
