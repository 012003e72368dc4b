package io.github.lanewise.bench.training;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What it costs to start: processes that train from nothing, one after the other, in turns. */
final class Footprint {

    private static final String FILES = "files";

    private final List<Contender> contenders;
    private final int starts;
    private final Path logs;
    private final Notes notes;
    private final List<Series> all = new ArrayList<>();

    Footprint(List<Contender> contenders, int starts, Path logs, Notes notes) {
        this.contenders = contenders;
        this.starts = starts;
        this.logs = logs;
        this.notes = notes;
    }

    /** Measures first steps of some networks. */
    void firstSteps(List<Workload> workloads, int threads) throws IOException {
        for (Workload workload : workloads) {
            turns(workload, "first " + workload, threads, List.of(Series.FIRST_STEP));
        }
    }

    /** Measures first epochs of some networks on MNIST. */
    void epochs(List<Workload> workloads, Path mnist, int threads) throws IOException {
        for (Workload workload : workloads) {
            String epoch = "epoch %s %s".formatted(workload, mnist);
            turns(workload, epoch, threads, List.of(Series.EPOCH, Series.MEMORY));
        }
    }

    /** Measures the files of each contender, and returns all that was measured. */
    List<Series> sizes(int threads) throws IOException {
        for (Contender contender : contenders) {
            try (Worker worker = new Worker(contender, threads, logs)) {
                double bytes = Double.parseDouble(worker.ask("size", "size")[0]);
                add(FILES, contender, threads, Series.DISK, List.of(bytes * 1e-6));
            } catch (Worker.Unable e) {
                notes.leftOut(contender, "size on disk", e.getMessage());
            }
        }
        return all;
    }

    /** Starts each contender several times with one request; one that fails is not asked again. */
    private void turns(Workload workload, String request, int threads, List<String> figures)
            throws IOException {
        List<List<List<Double>>> values = new ArrayList<>();
        contenders.forEach(one -> values.add(new ArrayList<>()));
        List<Contender> left = new ArrayList<>(contenders);
        String figure = workload + ", " + figures.getFirst();
        for (int start = 0; start < starts; start++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                if (left.contains(contender)) {
                    List<Double> turn = turn(contender, request, threads, figure);
                    if (turn.isEmpty()) {
                        left.remove(contender);
                    } else {
                        values.get(i).add(turn);
                        notes.progress(
                                "%s, start %d of %d: %s, %s",
                                figure,
                                start + 1,
                                starts,
                                contender.name(),
                                MarkdownTable.number(turn.getFirst()));
                    }
                }
            }
        }
        for (int column = 0; column < figures.size(); column++) {
            int at = column;
            for (int i = 0; i < contenders.size(); i++) {
                List<Double> list = values.get(i).stream().map(turn -> turn.get(at)).toList();
                add(workload.name(), contenders.get(i), threads, figures.get(at), list);
            }
        }
    }

    /** Returns seconds and megabytes of a fresh process; nothing if it cannot do it. */
    private List<Double> turn(Contender contender, String request, int threads, String figure)
            throws IOException {
        try (Worker worker = new Worker(contender, threads, logs)) {
            worker.ask(request, "done");
            double seconds = worker.age();
            return List.of(seconds, worker.peakMegabytes());
        } catch (Worker.Unable e) {
            notes.leftOut(contender, figure, e.getMessage());
            return List.of();
        }
    }

    private void add(
            String task, Contender contender, int threads, String figure, List<Double> values) {
        if (!values.isEmpty()) {
            double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
            all.add(new Series(task, contender.name(), threads, figure, array));
        }
    }
}
