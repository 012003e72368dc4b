package io.github.lanewise.bench.training;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All contenders on one task, in turns: what slows the machine for a while slows them all.
 *
 * <p>Each has a process of its own for the task. While one runs the others wait for their next
 * request; each round begins with another contender.
 */
final class Contest {

    private static final int CHECKED_STEPS = 20;
    private static final int CALLERS = 8;

    private final List<Contender> contenders;
    private final int rounds;
    private final int sliceMillis;
    private final int warmUpMillis;
    private final Path logs;
    private final Notes notes;

    /** One contender in the contest for a task. */
    private record Entry(Worker worker, List<Measure> measures) {

        /** Returns what it did last. */
        @Override
        public String toString() {
            Measure last = measures.getLast();
            String value = MarkdownTable.number(last.values.getLast());
            return "%s, %s %s".formatted(worker.contender().name(), value, last.figure);
        }
    }

    /** The values of one figure, as they come. */
    private record Measure(String figure, List<Double> values) {}

    /** A kind of turn: what to ask for, and which figures the answer holds. */
    private enum Turn {
        STEPS("run %d", "ran", Series.STEP),
        LATENCY("latency %d", "latency", Series.MEDIAN_LATENCY, Series.TAIL_LATENCY),
        CALLERS("callers " + Contest.CALLERS + " %d", "ran", Series.CALLERS);

        private final String request;
        private final String answer;
        private final List<String> figures;

        Turn(String request, String answer, String... figures) {
            this.request = request;
            this.answer = answer;
            this.figures = List.of(figures);
        }

        /** Returns microseconds, a number for each figure. */
        private List<Double> read(String... words) {
            double calls = Double.parseDouble(words[0]);
            double first = Double.parseDouble(words[1]) * 1e-3;
            return this == LATENCY
                    ? List.of(first, Double.parseDouble(words[2]) * 1e-3)
                    : List.of(first / calls);
        }
    }

    Contest(
            List<Contender> contenders,
            int rounds,
            int sliceMillis,
            int warmUpMillis,
            Path logs,
            Notes notes) {
        this.contenders = contenders;
        this.rounds = rounds;
        this.sliceMillis = sliceMillis;
        this.warmUpMillis = warmUpMillis;
        this.logs = logs;
        this.notes = notes;
    }

    /** Measures training steps of a workload. */
    List<Series> train(Workload workload, Path folder, int threads) throws IOException {
        String prepare = "train %s %s".formatted(workload, folder);
        String check = "losses " + CHECKED_STEPS;
        Agreement agreement = new Agreement(workload.name(), Agreement.tolerance(workload));
        return run(agreement, threads, prepare, check, List.of(Turn.STEPS));
    }

    /**
     * Measures the answers of a workload's network: latency, and throughput of a batch or of
     * callers.
     */
    List<Series> infer(Workload workload, int batch, Path folder, int threads) throws IOException {
        String prepare = "infer %s %d %s".formatted(workload, batch, folder);
        List<Turn> turns =
                batch == 1
                        ? List.of(Turn.LATENCY, Turn.CALLERS)
                        : List.of(Turn.STEPS, Turn.LATENCY);
        Agreement agreement = new Agreement(workload + "@" + batch, Agreement.TOLERANCE);
        return run(agreement, threads, prepare, "outputs", turns);
    }

    private List<Series> run(
            Agreement agreement, int threads, String prepare, String check, List<Turn> turns)
            throws IOException {
        String task = agreement.task();
        List<Entry> entries = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                Worker worker = new Worker(contender, threads, logs);
                Entry entry = new Entry(worker, new ArrayList<>());
                entries.add(entry);
                notes.progress("%s, threads %d: %s prepares", task, threads, contender.name());
                String complaint = prepare(worker, prepare, check, agreement);
                if (complaint != null) {
                    notes.leftOut(contender, task, complaint);
                    entries.removeLast();
                    worker.close();
                }
            }
            for (Turn turn : turns) {
                turns(turn, entries, task, threads);
            }
            return series(entries, task, threads);
        } finally {
            entries.forEach(entry -> entry.worker.close());
        }
    }

    /** Returns a complaint, or null if the contender is ready. */
    private String prepare(Worker worker, String prepare, String check, Agreement agreement)
            throws IOException {
        try {
            worker.ask(prepare, "ready");
            String answer = check.split(" ")[0];
            String complaint = agreement.check(worker.contender(), worker.ask(check, answer));
            // In the pause a JVM goes on compiling, and must then run what came of it.
            for (int half = 0; complaint == null && half < 2; half++) {
                worker.ask("run " + warmUpMillis / 2, "ran");
                worker.rest();
            }
            return complaint;
        } catch (Worker.Unable e) {
            return e.getMessage();
        }
    }

    private void turns(Turn turn, List<Entry> entries, String task, int threads)
            throws IOException {
        List<Entry> left = new ArrayList<>(entries);
        for (Entry entry : entries) {
            turn.figures.forEach(
                    figure -> entry.measures.add(new Measure(figure, new ArrayList<>())));
        }
        for (int round = 0; round < rounds; round++) {
            List<Entry> order = new ArrayList<>(left);
            Collections.rotate(order, -round);
            for (Entry entry : order) {
                if (turn(turn, entry, task)) {
                    entry.worker.rest();
                    notes.progress(
                            "%s, threads %d, round %d of %d: %s",
                            task, threads, round + 1, rounds, entry);
                } else {
                    left.remove(entry);
                }
            }
        }
    }

    /** Returns whether the contender can do such a turn. */
    private boolean turn(Turn turn, Entry entry, String task) {
        try {
            String[] words = entry.worker.ask(turn.request.formatted(sliceMillis), turn.answer);
            List<Double> values = turn.read(words);
            List<Measure> measures = entry.measures;
            int first = measures.size() - values.size();
            for (int i = 0; i < values.size(); i++) {
                measures.get(first + i).values.add(values.get(i));
            }
            return true;
        } catch (Worker.Unable e) {
            String what = task + ", " + turn.figures.getFirst();
            notes.leftOut(entry.worker.contender(), what, e.getMessage());
            return false;
        }
    }

    private static List<Series> series(List<Entry> entries, String task, int threads) {
        List<Series> all = new ArrayList<>();
        for (Entry entry : entries) {
            for (Measure measure : entry.measures) {
                double[] values =
                        measure.values.stream().mapToDouble(Double::doubleValue).toArray();
                String name = entry.worker.contender().name();
                if (values.length > 0) {
                    all.add(new Series(task, name, threads, measure.figure, values));
                }
            }
        }
        return all;
    }
}
