package dev.terrane.plugin;

/** Why a cell needs to see an entity wherever it is (D6). Who stands near is seen without a reason. */
public enum FollowReason {
    /** It is aimed at. */
    LOCKED_TARGET,
    /** It belongs together with one of this cell's entities. */
    SQUAD,
    /** Something goes on between it and one of this cell's entities: a trade, a tow, a conversation. */
    INTERACTION
}
