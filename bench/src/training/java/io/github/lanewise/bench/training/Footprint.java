package io.github.lanewise.bench.training;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What it costs to start: processes that train M1 from nothing, one after the other, in turns. */
final class Footprint {

    private static final Workload WORKLOAD = Workload.M1;

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

    /** Measures all contenders; without a folder of MNIST, no epochs. */
    List<Series> run(Path mnist, int threads) throws IOException {
        String first = "first " + WORKLOAD;
        turns(first, threads, List.of(Series.FIRST_STEP));
        if (mnist != null) {
            String epoch = "epoch %s %s".formatted(WORKLOAD, mnist);
            turns(epoch, threads, List.of(Series.EPOCH, Series.MEMORY));
        }
        for (Contender contender : contenders) {
            try (Worker worker = new Worker(contender, threads, logs)) {
                double bytes = Double.parseDouble(worker.ask("size", "size")[0]);
                add(contender, threads, Series.DISK, List.of(bytes * 1e-6));
            } catch (Worker.Unable e) {
                notes.leftOut(contender, "size on disk", e.getMessage());
            }
        }
        return all;
    }

    /** Starts each contender several times with one request; one that fails is not asked again. */
    private void turns(String request, int threads, List<String> figures) throws IOException {
        List<List<List<Double>>> values = new ArrayList<>();
        contenders.forEach(one -> values.add(new ArrayList<>()));
        List<Contender> left = new ArrayList<>(contenders);
        for (int start = 0; start < starts; start++) {
            notes.progress("%s: start %d of %d", figures.getFirst(), start + 1, starts);
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                if (left.contains(contender)) {
                    List<Double> turn = turn(contender, request, threads, figures.getFirst());
                    if (turn.isEmpty()) {
                        left.remove(contender);
                    } else {
                        values.get(i).add(turn);
                    }
                }
            }
        }
        for (int figure = 0; figure < figures.size(); figure++) {
            int column = figure;
            for (int i = 0; i < contenders.size(); i++) {
                List<Double> list = values.get(i).stream().map(turn -> turn.get(column)).toList();
                add(contenders.get(i), threads, figures.get(figure), list);
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

    private void add(Contender contender, int threads, String figure, List<Double> values) {
        if (!values.isEmpty()) {
            double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
            all.add(new Series(WORKLOAD.name(), contender.name(), threads, figure, array));
        }
    }
}
