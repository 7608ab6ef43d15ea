package dev.terrane.command;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which lane a command takes: its receiver's own if that is a service, else that of the cells. Immutable; any thread may use it. */
public final class LaneRoutes {
    /** The lane of all commands that cells carry out. */
    public static final String CELLS = "cells";

    private final SortedSet<String> services;
    private final int partitionCount;

    /**
     * @param services receivers with a lane of their own: {@code economy}, {@code inventory}
     * @param partitionCount of each lane, see {@link LaneStore#partitionCount}
     */
    public LaneRoutes(Collection<String> services, int partitionCount) {
        this.services = new TreeSet<>(services);
        this.partitionCount = partitionCount;
    }

    /** @param receiver see {@link CommandType#receiver} */
    public String laneOf(String receiver) {
        return services.contains(receiver) ? receiver : CELLS;
    }

    public LanePartition partitionOf(CommandEnvelope command) {
        String type = command.type();
        int receiverEnd = type.indexOf('.', CommandType.PREFIX.length());
        String receiver = type.substring(CommandType.PREFIX.length(), receiverEnd < 0 ? type.length() : receiverEnd);
        return new LanePartition(laneOf(receiver), LanePartition.indexOf(command.key(), partitionCount));
    }
}
