package dev.terrane.server.edge;

import dev.terrane.base.CharacterId;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import java.util.List;

/** Where everything is in one process, the directory is, too. */
public record DirectoryClaims(Directory directory) implements Claims {
    @Override
    public List<Claim> claim(List<Wanted> wanted) {
        return wanted.stream()
                .map(each -> directory.claim(each.character(), each.entrance()))
                .toList();
    }

    @Override
    public void abandon(CharacterId character, long ticket) {
        directory.abandon(character, ticket);
    }
}
