package dev.terrane.inventory;

import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import java.util.List;

/** What was decided about a command. @param events for whoever listens, once it is durable */
public record Ruling(CommandResult result, List<EventEnvelope> events) {}
