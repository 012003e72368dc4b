package io.github.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All series of one thread count, and how ours compares with them. */
final class Standings {

    static final String OURS = "Lanewise";

    private final List<Series> series;
    private final ToDoubleFunction<Series> figure;

    /** Takes a figure of each series: its median or its best round. */
    Standings(Collection<Series> series, ToDoubleFunction<Series> figure) {
        this.series = List.copyOf(series);
        this.figure = figure;
    }

    Set<String> shapes() {
        Set<String> shapes = new LinkedHashSet<>();
        series.forEach(one -> shapes.add(one.shape()));
        return shapes;
    }

    Set<String> rivals() {
        Set<String> rivals = new LinkedHashSet<>();
        series.forEach(one -> rivals.add(one.rival()));
        return rivals;
    }

    /** Returns GFLOP/s, NaN if not measured. */
    double gflops(String rival, String shape) {
        return series.stream()
                .filter(one -> one.rival().equals(rival) && one.shape().equals(shape))
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * Returns our speed divided by that of the fastest of some rivals; NaN if none was measured.
     */
    double ratio(String shape, Collection<String> rivals) {
        double fastest =
                rivals.stream()
                        .filter(rival -> !rival.equals(OURS))
                        .mapToDouble(rival -> gflops(rival, shape))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN);
        return gflops(OURS, shape) / fastest;
    }

    /** Returns our ratio to the fastest of some rivals on every shape that one of them did. */
    List<Double> ratios(Collection<String> rivals) {
        List<Double> ratios = new ArrayList<>();
        for (String shape : shapes()) {
            double ratio = ratio(shape, rivals);
            if (Double.isFinite(ratio)) {
                ratios.add(ratio);
            }
        }
        return ratios;
    }

    static double geometricMean(Collection<Double> ratios) {
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }
}
