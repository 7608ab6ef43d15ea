package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.Cable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cutting the cables of a cluster that has some. */
abstract class ClusterCableCommands extends ClusterNodeCommands {
    @Parameters(paramLabel = "NODE", description = "A sim, as status says: s1, s2.")
    private String node = "";

    Cable cable() {
        return cluster().cable(node);
    }

    String node() {
        return node;
    }

    @Command(
            name = "cut",
            mixinStandardHelpOptions = true,
            description = {
                "Cuts the cable of a sim: what is sent vanishes, and nobody is told. For clusters started with --cables."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster up --cables",
                "  terrane cluster cut s1                as if the cable were pulled out",
                "  terrane cluster cut s1 --in           it is deaf: nothing reaches it",
                "  terrane cluster cut s1 --out          it is mute: nothing comes from it",
                "  terrane cluster mend s1",
                "",
                "Exit codes: 0 done, 2 no such node, no cable, no right to cut it, or no running cluster."
            })
    static final class CutOff extends ClusterCableCommands {
        /** One of them at most. */
        static final class Way {
            @Option(names = "--in", description = "Only what is sent to it.")
            private boolean in;

            @Option(names = "--out", description = "Only what it sends.")
            private boolean out;
        }

        @ArgGroup
        private Way way = new Way();

        @Override
        public Integer call() {
            Cable.Cut cut = way.in ? Cable.Cut.IN : way.out ? Cable.Cut.OUT : Cable.Cut.BOTH;
            cable().cut(cut);
            return said(node() + " is " + cut.word(), "");
        }
    }

    @Command(
            name = "mend",
            mixinStandardHelpOptions = true,
            description = "Mends the cable of a sim, whatever was cut.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  terrane cluster mend s1",
                "",
                "Exit codes: 0 done, 2 no such node, no cable, no right to mend it, or no running cluster."
            })
    static final class Mend extends ClusterCableCommands {
        @Override
        public Integer call() {
            cable().mend();
            return said("the cable of " + node() + " is whole", "");
        }
    }
}
