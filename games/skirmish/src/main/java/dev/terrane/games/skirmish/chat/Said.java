package dev.terrane.games.skirmish.chat;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Event: somebody has said this.
 *
 * @param speaker entity id
 * @param name of the speaker
 * @param text what other players typed, as {@link ChatText} lets it through: show it as text, never as markup
 */
@Component("chat.said")
public record Said(
        @Replicated long speaker,
        @Replicated String name,
        @Replicated String text) {}
