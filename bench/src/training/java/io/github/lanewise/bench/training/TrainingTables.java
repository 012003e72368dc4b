package io.github.lanewise.bench.training;

import static io.github.lanewise.bench.training.MarkdownTable.number;
import static io.github.lanewise.bench.training.MarkdownTable.percent;

import io.github.lanewise.bench.Workload;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Prints what the contests gave as Markdown. */
final class TrainingTables {

    private static final double MICROS_PER_SECOND = 1e6;

    private final PrintStream out;
    private final Results results;
    private final Map<Integer, Double> peaks;

    /** Takes the FMA peak in GFLOP/s by threads. */
    TrainingTables(PrintStream out, Results results, Map<Integer, Double> peaks) {
        this.out = out;
        this.results = results;
        this.peaks = peaks;
    }

    /** Prints training of one thread count, a row for each workload and contender. */
    void printTraining(int threads) {
        Results steps = results.threads(threads).figure(Series.STEP).inference(false);
        MarkdownTable table =
                new MarkdownTable(
                        "model",
                        "contender",
                        "samples/s",
                        "ms/step, median",
                        "ms/step, best",
                        "ours is faster by",
                        "by best rounds",
                        "of the arithmetic limit");
        for (Series one : steps.byTask()) {
            Workload workload = Workload.valueOf(one.task());
            table.row(
                    one.task(),
                    one.contender(),
                    number(MICROS_PER_SECOND * workload.batch() / one.median()),
                    number(one.median() * 1e-3),
                    number(one.best() * 1e-3),
                    ratio(steps, one, Series::median),
                    ratio(steps, one, Series::best),
                    percent(share(workload, one, threads)));
        }
        table.print(out, "Training, " + threads(threads));
    }

    /** Prints our best against their best, whatever the number of threads. */
    void printSummary() {
        Results steps = results.figure(Series.STEP).inference(false);
        MarkdownTable table =
                new MarkdownTable(
                        "model",
                        "ours, ms/step",
                        "threads",
                        "best rival",
                        "ms/step",
                        "threads",
                        "ours is faster by",
                        "by best rounds");
        for (String task : steps.tasks()) {
            if (steps.best(task, false, Series::median).isPresent()) {
                table.row(summary(steps, task));
            }
        }
        table.print(out, "Training, our best against their best, medians");
    }

    private static String[] summary(Results steps, String task) {
        Series ours = steps.best(task, true, Series::median).orElseThrow();
        Series theirs = steps.best(task, false, Series::median).orElseThrow();
        double ourBest = steps.best(task, true, Series::best).orElseThrow().best();
        double theirBest = steps.best(task, false, Series::best).orElseThrow().best();
        return new String[] {
            task,
            number(ours.median() * 1e-3),
            Integer.toString(ours.threads()),
            theirs.contender(),
            number(theirs.median() * 1e-3),
            Integer.toString(theirs.threads()),
            number(theirs.median() / ours.median()),
            number(theirBest / ourBest)
        };
    }

    /** Prints inference of one thread count. */
    void printInference(int threads) {
        Results some = results.threads(threads).inference(true);
        printLatency(some, threads);
        printRate(some.figure(Series.STEP), "Inference, batches, ", threads);
        printRate(
                some.figure(Series.CALLERS),
                "Inference, batch 1, eight callers share one model, each library with ",
                threads);
    }

    private void printLatency(Results some, int threads) {
        Results medians = some.figure(Series.MEDIAN_LATENCY);
        Results tails = some.figure(Series.TAIL_LATENCY);
        MarkdownTable table =
                new MarkdownTable("model", "contender", "median us", "p99 us", "ours is faster by");
        for (Series one : medians.byTask()) {
            double tail =
                    tails.of(one.task(), one.contender()).map(Series::median).orElse(Double.NaN);
            table.row(
                    one.task(),
                    one.contender(),
                    number(one.median()),
                    number(tail),
                    ratio(medians, one, Series::median));
        }
        table.print(out, "Inference, latency, " + threads(threads));
    }

    private void printRate(Results some, String title, int threads) {
        MarkdownTable table =
                new MarkdownTable(
                        "model@batch",
                        "contender",
                        "samples/s",
                        "us per call",
                        "ours is faster by");
        for (Series one : some.byTask()) {
            String task = one.task();
            int batch = Integer.parseInt(task.substring(task.indexOf('@') + 1));
            table.row(
                    task,
                    one.contender(),
                    number(MICROS_PER_SECOND * batch / one.median()),
                    number(one.median()),
                    ratio(some, one, Series::median));
        }
        table.print(out, title + threads(threads));
    }

    /** Prints what it costs to start, a row for each contender. */
    void printFootprint(int threads) {
        List<Series> columns = new ArrayList<>();
        Set<String> titles = new LinkedHashSet<>();
        titles.add("contender");
        for (Series one : results.byTask()) {
            String title = title(one);
            if (title != null && titles.add(title)) {
                columns.add(one);
            }
        }
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        for (String contender : results.figure(Series.DISK).contenders()) {
            List<String> cells = new ArrayList<>(List.of(contender));
            for (Series one : columns) {
                Results column = results.figure(one.figure());
                Optional<Series> series = column.of(one.task(), contender);
                cells.add(number(series.map(Series::median).orElse(Double.NaN)));
            }
            table.row(cells.toArray(String[]::new));
        }
        table.print(out, "From the start of the process, medians, " + threads(threads));
    }

    /** Returns the title of a figure in the table of starts; null if it is not there. */
    private static String title(Series one) {
        return switch (one.figure()) {
            case Series.FIRST_STEP -> "first %s step, s".formatted(one.task());
            case Series.EPOCH -> "one MNIST epoch of %s, s".formatted(one.task());
            case Series.MEMORY -> "%s (%s)".formatted(Series.MEMORY, one.task());
            case Series.DISK -> Series.DISK;
            default -> null;
        };
    }

    private double share(Workload workload, Series one, int threads) {
        return workload.flops() / (one.median() * 1e3) / peaks.get(threads);
    }

    private static String ratio(Results some, Series one, ToDoubleFunction<Series> statistic) {
        if (one.contender().equals(Contender.OURS)) {
            return "";
        }
        return some.of(one.task(), Contender.OURS)
                .map(ours -> number(statistic.applyAsDouble(one) / statistic.applyAsDouble(ours)))
                .orElse("");
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
