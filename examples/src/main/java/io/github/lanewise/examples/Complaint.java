package io.github.lanewise.examples;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Turns what went wrong into one line that names the fix, and an exit code. */
final class Complaint {

    private Complaint() {}

    /** Complains about arguments that the command does not take. */
    static int ofArguments(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String fix = "see " + name + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> alike = unmatched.getSuggestions();
            if (!alike.isEmpty()) {
                fix = "did you mean " + String.join(" or ", alike) + "? " + fix;
            }
        }
        return say(command, "%s: %s; %s".formatted(name, problem(failure), fix));
    }

    private static String problem(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            boolean commands = !failure.getCommandLine().getSubcommands().isEmpty();
            String kind = first.startsWith("-") ? "option" : commands ? "command" : "argument";
            return "there is no %s %s".formatted(kind, first);
        }
        return firstLine(failure.getMessage());
    }

    /** Complains about bad input and broken files; lets anything else, a bug, show its trace. */
    static int ofFailure(Exception failure, CommandLine command, ParseResult result)
            throws Exception {
        return switch (failure) {
            case BadInput bad -> say(command, bad.getMessage());
            case FileSystemException broken -> say(command, describe(broken));
            case IOException broken -> say(command, firstLine(broken.getMessage()));
            default -> throw failure;
        };
    }

    private static String describe(FileSystemException failure) {
        String what =
                switch (failure) {
                    case NoSuchFileException _ -> "no such file or folder";
                    case AccessDeniedException _ -> "permission denied";
                    case FileAlreadyExistsException _, NotDirectoryException _ ->
                            "a file is in the way; name a folder";
                    default -> failure.getReason() == null ? "cannot use it" : failure.getReason();
                };
        return "%s: %s".formatted(failure.getFile(), what);
    }

    private static String firstLine(String message) {
        return message == null ? "unknown problem" : message.lines().findFirst().orElse("");
    }

    private static int say(CommandLine command, String line) {
        command.getErr().println(line);
        return ExitCode.USAGE;
    }
}
