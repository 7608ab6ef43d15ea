package dev.terrane.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the log up: once, at start, before the first line is written. */
public final class Logging {
    private Logging() {}

    /** Only warnings, on standard error: for tools whose output somebody reads. */
    public static void quiet() {
        start(context -> pretty(context, false), "warn", "System.err");
    }

    /**
     * @param format pretty or json
     * @param level error, warn, info, debug or trace
     */
    public static void start(String format, String level) {
        boolean coloured =
                System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
        start(context -> format.equals("json") ? json(context) : pretty(context, coloured), level, "System.out");
    }

    /**
     * Tells every line instead of writing it: for simulations.
     *
     * @param hearer called by whoever logs, with whether it is an error that something was thrown for
     */
    public static void tell(String level, BiConsumer<Boolean, String> hearer) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %msg %kvp{NONE}%n%ex{short}");
        encoder.start();
        AppenderBase<ILoggingEvent> teller = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                hearer.accept(
                        event.getLevel().isGreaterOrEqual(Level.ERROR) && event.getThrowableProxy() != null,
                        new String(encoder.encode(event), StandardCharsets.UTF_8).strip());
            }
        };
        teller.setContext(context);
        teller.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.ERROR);
        root.addAppender(teller);
        context.getLogger("dev.terrane").setLevel(Level.toLevel(level));
    }

    private static void start(
            java.util.function.Function<LoggerContext, Encoder<ILoggingEvent>> encoder, String level, String target) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(target);
        console.setEncoder(encoder.apply(context));
        console.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("dev.terrane").setLevel(Level.toLevel(level));
        // Ratis warns of each peer that is away, many times a second; cluster/raft says what matters of that.
        context.getLogger("org.apache.ratis").setLevel(Level.ERROR);
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
    }

    private static Encoder<ILoggingEvent> pretty(LoggerContext context, boolean coloured) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                coloured
                        ? "%gray(%d{HH:mm:ss.SSS}) %highlight(%-5level) %msg %cyan(%kvp{NONE})%n%ex{short}"
                        : "%d{HH:mm:ss.SSS} %-5level %msg %kvp{NONE}%n%ex{short}");
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.start();
        return encoder;
    }
}
