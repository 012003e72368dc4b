package io.github.lanewise.bench.training;

import io.github.lanewise.bench.training.worker.BusyProgram;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.IOException;

/** Another program beside the contenders, as a user's machine may run one. */
final class OtherLoad {

    @Option(
            names = "--other-load",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "How long of the time another program keeps one core busy meanwhile")
    private int percent;

    private Process process;

    /** Refuses what is no percentage. */
    void check(CommandLine line) {
        if (percent < 0 || percent > 100) {
            throw new ParameterException(
                    line, "--other-load: %d is not from 0 to 100".formatted(percent));
        }
    }

    /** Starts the program, which ends with this JVM at the latest. */
    void start() throws IOException {
        if (percent > 0) {
            String path = System.getProperty("java.class.path");
            String program = BusyProgram.class.getName();
            process =
                    new ProcessBuilder(
                                    OurLaunch.JAVA, "-cp", path, program, Integer.toString(percent))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        }
    }

    /** Ends it, if it runs. */
    void end() {
        if (process != null) {
            process.destroy();
        }
    }
}
