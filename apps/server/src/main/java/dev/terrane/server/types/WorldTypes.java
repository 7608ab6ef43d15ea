package dev.terrane.server.types;

import dev.terrane.cell.WorldSchema;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventType;
import dev.terrane.command.Heard;
import dev.terrane.command.Resulted;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyResults;
import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.inventory.InventoryResults;
import dev.terrane.json.JsonTree;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeEvents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The types of a world that clients have to do with: components and events as they are replicated, names of buttons, durable commands and events of the game and of the server's services, with
 * the JSON schemas of their payloads. Says nothing of one world alone: two worlds of the same plugins have the same types.
 */
public final class WorldTypes {
    /** Raised when readers of the JSON have to change. */
    public static final int FORMAT = 1;

    private static final int BUTTONS_MAX = 32;
    private static final Pattern BUTTON = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final int HASH_CHARS = 16;

    private final List<WorldPlugin> plugins;
    private final WorldSchema schema;
    private final PayloadShapes shapes = new PayloadShapes();

    private WorldTypes(List<WorldPlugin> plugins, WorldSchema schema) {
        this.plugins = plugins;
        this.schema = schema;
    }

    /**
     * As JSON; its {@code hash} differs whenever anything else in it does.
     *
     * @param plugins of the world, the game first
     * @param schema of the same plugins
     * @throws IllegalArgumentException naming the button, command or event that cannot be declared so
     */
    public static String json(List<WorldPlugin> plugins, WorldSchema schema) {
        return new WorldTypes(plugins, schema).json();
    }

    private String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("game", plugins.getFirst().name());
        all.put("modules", plugins.stream().map(WorldPlugin::name).toList());
        all.put("components", records(schema.components(), false));
        all.put("events", records(schema.events(), true));
        all.put("buttons", buttons());
        all.put("commands", commands());
        all.put("durableEvents", durableEvents());
        all.put("$defs", shapes.definitions());
        Map<String, Object> hashed = new LinkedHashMap<>();
        hashed.put("hash", hashOf(JsonTree.write(all)));
        hashed.putAll(all);
        return JsonTree.write(hashed);
    }

    /** Of components what is replicated, of events everything; components of which nothing is are of no use to clients. */
    private static List<Object> records(Schema from, boolean whole) {
        List<Object> records = new ArrayList<>();
        for (ComponentType<?> type : from.components()) {
            List<Object> fields = type.fields().stream()
                    .filter(field -> whole || field.audience() != null)
                    .map(field -> field(field, whole))
                    .toList();
            if (whole || !fields.isEmpty()) {
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("name", type.name());
                record.put("version", type.version());
                record.put("fields", fields);
                records.add(record);
            }
        }
        return records;
    }

    private static Object field(Field field, boolean ofEvent) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", field.name());
        told.put("kind", field.kind().name().toLowerCase(Locale.ROOT));
        Audience audience = field.audience();
        if (!ofEvent && audience != null) {
            told.put("audience", audience.name().toLowerCase(Locale.ROOT));
        }
        if (field.step() > 0) {
            told.put("step", (double) field.step());
        }
        return told;
    }

    private List<String> buttons() {
        List<String> names = new ArrayList<>();
        for (WorldPlugin plugin : plugins) {
            if (!names.isEmpty() && !plugin.buttons().isEmpty()) {
                throw new IllegalArgumentException("plugin " + plugin.name()
                        + " names buttons, and so does one before it; the buttons of a world are named by one plugin");
            }
            names.addAll(plugin.buttons());
        }
        if (names.size() > BUTTONS_MAX) {
            throw new IllegalArgumentException(names.size() + " buttons are named; there are " + BUTTONS_MAX);
        }
        for (int bit = 0; bit < names.size(); bit++) {
            String name = names.get(bit);
            if (!name.isEmpty() && (!BUTTON.matcher(name).matches() || names.indexOf(name) != bit)) {
                throw new IllegalArgumentException("button " + bit + " is called '" + name
                        + "'; write capital letters, digits and _, at most 32, and no name twice");
            }
        }
        return names;
    }

    /** By name, then version. What only the server itself sends is not there. */
    private List<Object> commands() {
        List<CommandType<?>> types = new ArrayList<>();
        plugins.forEach(plugin -> types.addAll(plugin.commands()));
        types.addAll(EconomyCommands.ALL);
        types.addAll(InventoryCommands.ALL);
        types.addAll(TradeCommands.ALL);
        types.sort(
                Comparator.<CommandType<?>, String>comparing(CommandType::name).thenComparingInt(CommandType::version));
        List<Object> told = new ArrayList<>();
        for (CommandType<?> type : types) {
            if (Resulted.isResulted(type.name()) || Heard.topicOf(type.name()) != null) {
                continue;
            }
            Map<String, Object> command = new LinkedHashMap<>();
            command.put("type", type.name());
            command.put("version", type.version());
            command.put("payload", shapes.reference(type.payload()));
            Class<? extends Record> answer = type.answer();
            if (answer != null) {
                command.put("result", shapes.reference(answer));
            }
            told.add(command);
        }
        return told;
    }

    private List<Object> durableEvents() {
        TreeMap<String, EventType> byTopic = new TreeMap<>();
        List<EventType> types = new ArrayList<>();
        plugins.forEach(plugin -> types.addAll(plugin.durableEvents()));
        types.addAll(EconomyResults.EVENTS);
        types.addAll(InventoryResults.EVENTS);
        types.addAll(TradeEvents.ALL);
        for (EventType type : types) {
            EventType other = byTopic.putIfAbsent(type.topic(), type);
            if (other != null && other.payload() != type.payload()) {
                throw new IllegalArgumentException("the event " + type.topic()
                        + " is declared twice, with the payloads "
                        + other.payload().getName() + " and " + type.payload().getName());
            }
        }
        List<Object> told = new ArrayList<>();
        byTopic.forEach((topic, type) -> {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("topic", topic);
            event.put("payload", shapes.reference(type.payload()));
            told.add(event);
        });
        return told;
    }

    private static String hashOf(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
