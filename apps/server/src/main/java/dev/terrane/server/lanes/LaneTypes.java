package dev.terrane.server.lanes;

import dev.terrane.command.CommandType;
import dev.terrane.command.Heard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which commands there are, and which lane takes each.
 *
 * @param laneOf by the name of the type
 * @param lanesOfTopic that hear of its events
 */
record LaneTypes(List<CommandType<?>> all, Map<String, String> laneOf, Map<String, List<String>> lanesOfTopic) {
    static LaneTypes of(List<CommandLanes.Receiver> receivers) {
        LaneTypes types = new LaneTypes(new ArrayList<>(), new HashMap<>(), new TreeMap<>());
        for (CommandLanes.Receiver receiver : receivers) {
            types.all.addAll(receiver.types());
            for (CommandType<?> type : receiver.types()) {
                types.laneOf.put(type.name(), receiver.lane());
                String topic = Heard.topicOf(type.name());
                if (topic != null) {
                    types.lanesOfTopic
                            .computeIfAbsent(topic, _ -> new ArrayList<>())
                            .add(receiver.lane());
                }
            }
        }
        return types;
    }
}
