package io.github.lanewise.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The command line: {@code examples/run} and the name of a command. */
@Command(
        name = "examples/run",
        header = "Neural-network training on the CPU, in pure Java.",
        description = "See what a command takes with: examples/run COMMAND --help",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            MnistCommand.class,
            EllipsesCommand.class,
            TextCommand.class,
            SeriesCommand.class,
            AutoencoderCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            InspectCommand.class,
            ExportCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            SameBitsCommand.class
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    private Main() {}

    /**
     * Runs a command and ends the JVM: 0 for success; 2, and one line on the standard error, for
     * what the user can mend, lost output too; 3 for a result that is not good enough, and, with
     * one line, if another worker was lost; 1, and a stack trace, for a mistake of ours. A signal
     * ends it with 128 and its number, by the JVM itself.
     */
    public static void main(String[] arguments) {
        // Numbers in messages and files are to look alike for everybody.
        Locale.setDefault(Locale.ROOT);
        // Pictures go to files; without this, macOS would put a Java icon into the dock.
        System.setProperty("java.awt.headless", "true");
        Thread.setDefaultUncaughtExceptionHandler(Main::ofThread);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        PrintWriter err = new PrintWriter(System.err, true);
        try {
            StandardOutput out = new StandardOutput();
            int code = commandLine().setOut(out.writer()).setErr(err).execute(arguments);
            if (code == ExitCode.OK || code == TrainCommand.NOT_GOOD_ENOUGH) {
                out.check();
            }
            return code;
        } catch (Throwable e) {
            return Complaint.of(e, err);
        }
    }

    /**
     * Shows what ended a thread in the background. One that found no memory is not shown: the work
     * itself then finds none either, and tells.
     */
    private static void ofThread(Thread thread, Throwable failure) {
        if (!(failure instanceof OutOfMemoryError)) {
            Complaint.of(failure, new PrintWriter(System.err, true));
        }
    }

    /** Runs when no command is named, and complains. */
    @Override
    public void run() {
        List<String> names = List.copyOf(spec.commandLine().getSubcommands().keySet());
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: "
                        + String.join(", ", names.subList(0, names.size() - 1))
                        + " or "
                        + names.getLast());
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
