package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.distributed.WorkerLostException;
import io.github.lanewise.nn.file.Printable;
import io.github.lanewise.tabular.Names;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * Turns what went wrong into an exit code and a text: 2 and one line that names the fix, for
 * whatever the user or the system can mend; 3 and one line if another worker was lost; 1 and a
 * stack trace for a mistake of ours.
 */
final class Complaint {

    private Complaint() {}

    /** Complains about arguments that the command does not take. */
    static int ofArguments(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String fix = "see " + name + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String wrong = unmatched.getUnmatched().getFirst();
            List<String> alike =
                    wrong.startsWith("-")
                            ? unmatched.getSuggestions()
                            : Names.nearest(wrong, command.getSubcommands().keySet()).stream()
                                    .toList();
            if (!alike.isEmpty()) {
                fix = "did you mean " + String.join(" or ", alike) + "? " + fix;
            }
        }
        return say(command.getErr(), text("%s: %s; %s", name, problem(failure), fix));
    }

    private static String problem(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            boolean commands = !failure.getCommandLine().getSubcommands().isEmpty();
            String kind = first.startsWith("-") ? "option" : commands ? "command" : "argument";
            return text("there is no %s %s", kind, first.isBlank() ? "'" + first + "'" : first);
        }
        return failure.getMessage();
    }

    /** Complains about what a command threw. */
    static int ofFailure(Exception failure, CommandLine command, ParseResult result) {
        return of(failure, command.getErr());
    }

    /** Complains about anything thrown. */
    static int of(Throwable failure, PrintWriter err) {
        return switch (failure) {
            case BadInput bad -> say(err, bad.getMessage());
            case WorkerLostException lost -> {
                say(err, text("%s; %s", lost.getMessage(), LocalWorkers.AFTER_A_LOSS));
                yield LocalWorkers.LOST;
            }
            case FileSystemException broken ->
                    say(err, text("%s: %s", broken.getFile(), Reason.of(broken)));
            case IOException broken -> say(err, Reason.of(broken));
            case UncheckedIOException broken -> of(broken.getCause(), err);
            case OutOfMemoryError full -> say(err, Memory.complaint("this", "", full));
            default -> mistake(failure, err);
        };
    }

    /** Shows where a mistake of ours is, and asks to report it. */
    private static int mistake(Throwable failure, PrintWriter err) {
        failure.printStackTrace(err);
        err.println(
                text(
                        "This is a mistake in Lanewise. Please report it with all these lines and"
                                + " the command (JDK %s, %s %s).",
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch")));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /** Says one line, whatever line breaks the text has from a file's name or a system. */
    private static int say(PrintWriter err, String text) {
        err.println(line(text));
        err.flush();
        return ExitCode.USAGE;
    }

    /** Joins lines by blanks, and shows nothing that disturbs a terminal. */
    static String line(String text) {
        return Printable.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
