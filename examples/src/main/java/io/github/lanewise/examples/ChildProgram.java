package io.github.lanewise.examples;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts this program once more, as a process of its own with the same JVM and its flags. */
final class ChildProgram {

    private ChildProgram() {}

    /**
     * Prepares a process.
     *
     * @param flags of the JVM, after its own
     * @param arguments of the program
     */
    static ProcessBuilder of(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /**
     * Prepares one of several workers on this machine.
     *
     * @param coordinator host and port where rank 0 will listen
     */
    static ProcessBuilder worker(
            int rank, int size, String coordinator, List<String> flags, List<String> arguments) {
        ProcessBuilder builder = of(flags, arguments);
        Map<String, String> environment = builder.environment();
        environment.put("LANEWISE_RANK", Integer.toString(rank));
        environment.put("LANEWISE_SIZE", Integer.toString(size));
        environment.put("LANEWISE_COORDINATOR", coordinator);
        environment.put("LANEWISE_BIND", "127.0.0.1");
        environment.put("LANEWISE_RUN", "process " + ProcessHandle.current().pid());
        return builder;
    }

    /** Runs a prepared process to its end; returns its exit code. */
    static int run(ProcessBuilder builder, File output) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).redirectOutput(output).start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
