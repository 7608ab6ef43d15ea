package dev.terrane.inventory;

/** What never changes about a container. @param id its number in the books */
public record Container(long id, String address, String owner, ContainerKind kind) {}
