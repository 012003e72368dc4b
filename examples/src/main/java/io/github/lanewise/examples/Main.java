package io.github.lanewise.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Locale;

/** The command line: {@code examples/run mnist}, {@code ellipses} or {@code doctor}. */
@Command(
        name = "examples/run",
        header = "Neural-network training on the CPU, in pure Java.",
        description = "See what a command takes with: examples/run COMMAND --help",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MnistCommand.class, EllipsesCommand.class, DoctorCommand.class})
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    private Main() {}

    /** Runs a command and ends the JVM: 0 for success, 2 if the user can mend it, 1 for a bug. */
    public static void main(String[] arguments) {
        // Numbers in messages and files are to look alike for everybody.
        Locale.setDefault(Locale.ROOT);
        // Pictures go to files; without this, macOS would put a Java icon into the dock.
        System.setProperty("java.awt.headless", "true");
        try {
            System.exit(commandLine().execute(arguments));
        } catch (OutOfMemoryError e) {
            System.err.println("out of memory; take a smaller --hidden or --batch, or -Xmx8g");
            System.exit(ExitCode.USAGE);
        }
    }

    /** Runs when no command is named, and complains. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: mnist, ellipses or doctor");
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
