package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A worker's side of the protocol in {@code bench/README.md}: a request a line on standard input,
 * an answer a line on standard output.
 */
final class WorkerLoop {

    private static final Set<String> TRAINING = Set.of("train", "first", "epoch");
    private static final Set<String> NETWORKS = Set.of("train", "infer", "first", "epoch");

    private final Stack stack;
    private Stack.Training training;
    private Stack.Inference inference;

    WorkerLoop(Stack stack) {
        this.stack = stack;
    }

    /** Answers until the input ends. */
    void run() throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            // A folder comes last and may have spaces.
            System.out.println(answer(line.split(" ", line.startsWith("infer") ? 4 : 3)));
            System.out.flush();
        }
    }

    private String answer(String... words) throws IOException {
        if (!stack.trains() && TRAINING.contains(words[0])) {
            return "skip this library only answers";
        }
        if (NETWORKS.contains(words[0]) && !stack.builds(Workload.valueOf(words[1]))) {
            return "skip this worker has linear layers, convolutions and pooling alone";
        }
        return switch (words[0]) {
            case "version" -> "version " + stack.version();
            case "train" -> train(Workload.valueOf(words[1]), Path.of(words[2]));
            case "losses" -> losses(Integer.parseInt(words[1]));
            case "infer" -> infer(words);
            case "outputs" -> floats("outputs", inference.outputs());
            case "run" -> time(Integer.parseInt(words[1]));
            case "latency" -> Timing.latency(inference::run, Integer.parseInt(words[1]));
            case "callers" ->
                    Callers.run(inference, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "first" -> "done " + stack.firstStep(Workload.valueOf(words[1]));
            case "epoch" -> "done " + stack.epoch(Workload.valueOf(words[1]), Path.of(words[2]));
            case "size" -> "size " + DiskSize.bytes();
            default -> "skip does not know the request " + words[0];
        };
    }

    private String train(Workload workload, Path folder) throws IOException {
        training = stack.training(workload, Samples.read(workload, folder));
        inference = null;
        return "ready";
    }

    private String infer(String... words) throws IOException {
        Workload workload = Workload.valueOf(words[1]);
        Samples samples = Samples.read(workload, Path.of(words[3]));
        inference = stack.inference(workload, Integer.parseInt(words[2]), samples);
        training = null;
        return "ready";
    }

    private String losses(int steps) {
        float[] losses = new float[steps];
        training.dropout(false);
        training.restart();
        for (int i = 0; i < steps; i++) {
            losses[i] = training.step();
        }
        training.dropout(true);
        return floats("losses", losses);
    }

    private String time(int millis) {
        if (training == null) {
            return Timing.run(inference::run, millis);
        }
        training.restart();
        return Timing.run(training::step, millis);
    }

    private static String floats(String word, float... values) {
        StringJoiner joined = new StringJoiner(" ");
        joined.add(word);
        for (float value : values) {
            joined.add(String.format(Locale.ROOT, "%.7g", value));
        }
        return joined.toString();
    }
}
