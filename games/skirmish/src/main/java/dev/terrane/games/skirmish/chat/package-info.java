/**
 * Talk among those who see each other.
 *
 * <pre>
 *   a line of a client ──► {@link dev.terrane.games.skirmish.chat.Chat} ──► Said: to all who watch the speaker's place
 *                            │  ChatText: what may be shown
 *                            │  Voice: how much breath he has
 *                            └──► Unsaid: to him alone, and why
 * </pre>
 *
 * Nothing is kept: who was not there has not heard it.
 */
@NullMarked
package dev.terrane.games.skirmish.chat;

import org.jspecify.annotations.NullMarked;
