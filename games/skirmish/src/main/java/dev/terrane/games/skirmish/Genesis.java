package dev.terrane.games.skirmish;

import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;

/** Fills a region that has no past. */
final class Genesis implements CellSystem {
    private static final float CLEARANCE_METRES = 30;

    private final Population population;
    private final Places place = new Places();

    Genesis(Population population) {
        this.population = population;
    }

    @Override
    public void run(CellContext cell) {
        cell.spawn(new Spawner(cell.tick()));
        for (int i = 0; i < population.asteroidsPerRegion(); i++) {
            place.seek(cell, CLEARANCE_METRES);
            Blueprints.asteroid(cell, place.x, place.y);
        }
        for (int i = 0; i < population.dronesPerRegion(); i++) {
            place.seek(cell, CLEARANCE_METRES);
            Blueprints.drone(cell, place.x, place.y);
        }
    }
}
