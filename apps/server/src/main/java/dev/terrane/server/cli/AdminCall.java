package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.AdminCalls;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One thing that an administrator asks or wants. */
abstract class AdminCall implements Callable<Integer> {
    static final String CODES = "Exit codes: 0 done, 1 refused or not known there, 2 unusable options, no token that is"
            + " accepted or no coordinator that answers.";

    private static final int UNAUTHORISED = 401;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    /** Asks, and shows the answer as JSON or by that text. */
    int show(Function<AdminCalls, AdminCalls.Reply> question, Function<JsonTree, String> text) {
        AdminCalls.Reply reply;
        try (AdminCalls calls = options.open()) {
            reply = question.apply(calls);
        }
        if (!reply.done()) {
            spec.commandLine().getErr().println("terrane: " + reply.reason());
            return reply.status() == UNAUTHORISED ? ExitCode.UNUSABLE : ExitCode.FAILED;
        }
        spec.commandLine().getOut().println(options.json() ? JsonTree.write(reply.body()) : text.apply(reply.body()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /** Milliseconds of Unix time for people; empty for none. */
    static String time(JsonTree millis) {
        return millis.there() ? Instant.ofEpochMilli(millis.number()).toString() : "";
    }

    /** A duration for people; empty for none. */
    static String millis(JsonTree value) {
        return value.there() ? value.number() + " ms" : "";
    }
}
