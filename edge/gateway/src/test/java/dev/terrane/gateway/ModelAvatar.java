package dev.terrane.gateway;

import dev.terrane.base.CharacterId;

/** A character's body in the model: in exactly one cell, or on its way to it. */
final class ModelAvatar {
    final CharacterId character;
    final long entity;
    long session;
    int generation;
    int ownership = 1;
    int acked;
    /** Inputs that its present cell has applied. */
    int appliedHere;

    long arrivedTick;
    double x;
    double y;
    double originX;
    double originY;
    int squad;
    int team;
    ModelCell cell;

    ModelAvatar(CharacterId character, long entity, ModelCell cell) {
        this.character = character;
        this.entity = entity;
        this.cell = cell;
    }
}
