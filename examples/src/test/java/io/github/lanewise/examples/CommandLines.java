package io.github.lanewise.examples;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The parser of the command line, for tests in other packages. */
public final class CommandLines {

    private CommandLines() {}

    /** Parses arguments and does nothing else; returns the complaint about them, or nothing. */
    public static String complaint(String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine commands = Main.commandLine().setErr(new PrintWriter(errors));
        try {
            commands.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            Complaint.ofArguments(e, arguments);
        }
        return errors.toString();
    }
}
