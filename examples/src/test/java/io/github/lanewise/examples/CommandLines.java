package io.github.lanewise.examples;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The parser of the command line, for tests in other packages; it can be used again. */
public final class CommandLines {

    private final StringWriter errors = new StringWriter();
    private final CommandLine commands = Main.commandLine().setErr(new PrintWriter(errors));

    /** Parses arguments and does nothing else; returns the complaint about them, or nothing. */
    public String complaint(String... arguments) {
        errors.getBuffer().setLength(0);
        try {
            commands.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            Complaint.ofArguments(e, arguments);
        }
        return errors.toString();
    }
}
