package io.github.lanewise.bench.report;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Runs plans one after the other, and keeps all results and all that JMH says. */
final class Session {

    private final Path out;
    private final List<RunResult> results = new ArrayList<>();

    /** Begins a session that writes into a folder. */
    Session(Path out) throws IOException {
        this.out = out;
        Files.createDirectories(out.resolve("jmh"));
    }

    /** Runs a plan; JMH's output goes to the named log. */
    Collection<RunResult> run(String name, ChainedOptionsBuilder plan) throws RunnerException {
        Path log = out.resolve("jmh").resolve(name + ".log");
        try {
            Collection<RunResult> run = new Runner(plan.output(log.toString()).build()).run();
            results.addAll(run);
            return run;
        } catch (RunnerException e) {
            throw new RunnerException(
                    "%s: %s; JMH's output is in %s".formatted(name, e.getMessage(), log), e);
        }
    }

    /** Writes all results as JMH's JSON; returns the file. */
    Path writeResults() {
        Path file = out.resolve("results.json");
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(results);
        return file;
    }
}
