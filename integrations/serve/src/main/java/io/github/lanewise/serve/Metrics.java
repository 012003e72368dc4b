package io.github.lanewise.serve;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counters, histograms and gauges, in Prometheus's text form (0.0.4). */
final class Metrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "lanewise_";

    /** Upper bounds of the buckets of durations, in seconds. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private static final double NANOS = 1e9;

    private final Map<String, Family> families = new TreeMap<>();

    /** The series of one name, by their labels. */
    private record Family(String help, String type, Map<String, Object> series) {}

    /** Durations of one series. */
    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Histogram() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(long duration) {
            int i = 0;
            while (i < BOUNDS.length && duration > BOUNDS[i] * NANOS) {
                i++;
            }
            buckets[i].increment();
            nanos.add(duration);
        }
    }

    /** Announces a counter; all names are announced before the first request. */
    void counter(String name, String help) {
        families.put(name, new Family(help, "counter", new ConcurrentHashMap<>()));
    }

    /** Announces a histogram of durations. */
    void histogram(String name, String help) {
        families.put(name, new Family(help, "histogram", new ConcurrentHashMap<>()));
    }

    /** Announces a number that is asked for. */
    void gauge(String name, String help, LongSupplier value) {
        Family family = new Family(help, "gauge", new ConcurrentHashMap<>());
        family.series.put("", value);
        families.put(name, family);
    }

    /**
     * Adds to a counter.
     *
     * @param labels name, value, name, value and so on
     */
    void add(String name, long count, String... labels) {
        Object adder =
                families.get(name)
                        .series
                        .computeIfAbsent(labels(labels), absent -> new LongAdder());
        ((LongAdder) adder).add(count);
    }

    /** Adds a duration, in nanoseconds, to a histogram. */
    void duration(String name, long nanos, String... labels) {
        Object histogram =
                families.get(name)
                        .series
                        .computeIfAbsent(labels(labels), absent -> new Histogram());
        ((Histogram) histogram).add(nanos);
    }

    private static String labels(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(
                            pairs[i + 1]
                                    .replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("\n", "\\n"))
                    .append('"');
        }
        return text.toString();
    }

    /** Returns all of them. */
    String text() {
        StringBuilder text = new StringBuilder();
        families.forEach(
                (name, family) -> {
                    String full = PREFIX + name;
                    text.append("# HELP ").append(full).append(' ').append(family.help);
                    text.append("\n# TYPE ").append(full).append(' ').append(family.type);
                    text.append('\n');
                    new TreeMap<>(family.series)
                            .forEach((labels, value) -> append(text, full, labels, value));
                });
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String labels, Object value) {
        switch (value) {
            case LongAdder count -> line(text, name, labels, Long.toString(count.sum()));
            case LongSupplier gauge -> line(text, name, labels, Long.toString(gauge.getAsLong()));
            case Histogram histogram -> {
                long sum = 0;
                String more = labels.isEmpty() ? "" : labels + ",";
                for (int i = 0; i < histogram.buckets.length; i++) {
                    sum += histogram.buckets[i].sum();
                    String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
                    line(text, name + "_bucket", more + "le=\"" + bound + '"', Long.toString(sum));
                }
                double seconds = histogram.nanos.sum() / NANOS;
                line(text, name + "_sum", labels, String.format(Locale.ROOT, "%.6f", seconds));
                line(text, name + "_count", labels, Long.toString(sum));
            }
            default -> throw new AssertionError(value);
        }
    }

    private static void line(StringBuilder text, String name, String labels, String value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }
}
