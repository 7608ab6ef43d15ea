package dev.terrane.server.cli;

/** What the process tells its caller. */
final class ExitCode {
    /** It did what was asked. */
    static final int OK = 0;
    /** It ran, but what it measured or served had errors. */
    static final int FAILED = 1;
    /** The words, the configuration or the machine do not allow it; nothing was started. */
    static final int UNUSABLE = 2;

    private ExitCode() {}
}
