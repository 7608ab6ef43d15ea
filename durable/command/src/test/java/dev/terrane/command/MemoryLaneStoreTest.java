package dev.terrane.command;

/** The lane that simulations use keeps the contract of the real ones. */
class MemoryLaneStoreTest extends LaneContract {
    private final MemoryLaneStore store = new MemoryLaneStore(4, LANE_COUNT_MAX);

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected String lane() {
        return "shop";
    }

    @Override
    protected void letPass(long millis) {
        store.letPass(millis);
    }
}
