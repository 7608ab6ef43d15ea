package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;

/** A craft's gun. {@code readyTick}: when it may fire again. What the gun does depends on who carries it: {@link Weapon}. */
@Component("skirmish.gun")
public record Gun(long readyTick) {}
