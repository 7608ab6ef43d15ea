package dev.terrane.server.world;

/** What a governor has done about crowds, on its own thread. */
interface CrowdCare {
    CrowdCare NONE = new CrowdCare() {
        @Override
        public void look(long tick, boolean pressed) {}

        @Override
        public void step() {}
    };

    /**
     * About once a second.
     *
     * @param tick that the fastest worker runs or waits for
     * @param pressed the world cannot keep up
     */
    void look(long tick, boolean pressed);

    /** With each step of the governor. */
    void step();
}
