package io.github.lanewise.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.Locale;

/** The command line: {@code examples/run mnist}, {@code ellipses} or {@code doctor}. */
@Command(
        name = "examples/run",
        header = "Neural-network training on the CPU, in pure Java.",
        description = "See what a command takes with: examples/run COMMAND --help",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {MnistCommand.class, EllipsesCommand.class, DoctorCommand.class})
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the JVM: 0 for success, 2 for what the user can mend, 1 for a bug.
     */
    public static void main(String[] arguments) {
        // Numbers in messages and files are to look alike for everybody.
        Locale.setDefault(Locale.ROOT);
        // Pictures go to files; without this, macOS would put a Java icon into the dock.
        System.setProperty("java.awt.headless", "true");
        System.exit(commandLine().execute(arguments));
    }

    /** Makes the parser, which tests run without ending the JVM. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler(Complaint::ofArguments)
                .setExecutionExceptionHandler(Complaint::ofFailure);
    }
}
