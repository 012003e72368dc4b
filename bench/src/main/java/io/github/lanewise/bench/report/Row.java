package io.github.lanewise.bench.report;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table: the same work by the scalar and the SIMD kernels.
 *
 * @param benchmark name of the benchmark, for example Relu.gradient
 * @param shape of the operands
 * @param threads that a call may use
 * @param scalar microseconds by the scalar kernels; NaN if not measured
 * @param simd microseconds by the SIMD kernels; NaN if not measured
 */
record Row(String benchmark, String shape, int threads, double scalar, double simd) {

    private record Key(String benchmark, String shape, int threads) {}

    /** Pairs the results of scalar and SIMD kernels, in the order of their first appearance. */
    static List<Row> of(Collection<RunResult> results) {
        Map<Key, Map<String, Double>> pairs = new LinkedHashMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String method = method(params);
            boolean forks = isKernelSet(method);
            Key key =
                    new Key(
                            name(params, method),
                            params.getParam("shape"),
                            Integer.parseInt(params.getParam("threads")));
            pairs.computeIfAbsent(key, absent -> new LinkedHashMap<>())
                    .put(
                            forks ? method : params.getParam("kernels"),
                            result.getPrimaryResult().getScore());
        }
        List<Row> rows = new ArrayList<>();
        pairs.forEach(
                (key, micros) ->
                        rows.add(
                                new Row(
                                        key.benchmark,
                                        key.shape,
                                        key.threads,
                                        micros.getOrDefault("scalar", Double.NaN),
                                        micros.getOrDefault("simd", Double.NaN))));
        return rows;
    }

    private static String method(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    private static boolean isKernelSet(String method) {
        return method.equals("scalar") || method.equals("simd");
    }

    private static String name(BenchmarkParams params, String method) {
        String benchmark = params.getBenchmark();
        String type = benchmark.substring(0, benchmark.length() - method.length() - 1);
        String name = type.substring(type.lastIndexOf('.') + 1).replace("Benchmark", "");
        return isKernelSet(method) || method.equalsIgnoreCase(name) ? name : name + "." + method;
    }
}
