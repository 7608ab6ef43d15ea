package dev.terrane.rule;

/**
 * What is in the way of those who move: entities with this radius, where this field has this value. Clients go by it; servers know their games.
 *
 * @param radius a float field, in metres; the rule has no column for it
 * @param kind an int field
 */
public record RuleSolid(RuleColumn radius, RuleColumn kind, int value) {}
