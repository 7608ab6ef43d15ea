/**
 * Skirmish, the demo game: ships and drones fight among asteroids. Copy it to start your own.
 *
 * <pre>
 *   INPUT     Respawning · Spawning · DroneMind · Wandering   who is there, and what the drones want
 *   SIMULATE  Flight · Drift · Bouncing · Firing       steer, move, stay off rocks, shoot; crafts by rule/flight.ts, which pages run, too
 *   RESOLVE   BoltHits · ShieldCharging · Expiry       what met, what heals, what is over
 *   intents   Strike · Blast · KillScored              what a cell wants of entities, here or beyond its borders: Wounds
 *   messages  chat                                     what pilots say to those who see them
 * </pre>
 *
 * <p>Metres, seconds and radians; timers count ticks. All state is in components, so a cell can be stored, moved and run again. Uses
 * nothing but the plugin API. Start reading at {@link dev.terrane.games.skirmish.Skirmish}.
 */
@NullMarked
package dev.terrane.games.skirmish;

import org.jspecify.annotations.NullMarked;
