package io.github.lanewise.bench.report;

import io.github.lanewise.bench.Answers;
import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.bench.RowsShape;
import io.github.lanewise.bench.TrainedNet;

/**
 * What one call of a benchmark does, so that its time becomes a rate.
 *
 * @param amount floating-point operations, or bytes that are read and written
 * @param unit of the rate: GFLOP/s or GB/s
 */
record Work(double amount, String unit) {

    static final String FLOPS = "GFLOP/s";

    /** Returns the work of a benchmark, named as in the table, on a shape. */
    static Work of(String benchmark, String shape) {
        return switch (benchmark) {
            case "Gemm" -> new Work(GemmShape.parse(shape).flops(), FLOPS);
            case "TrainingStep" -> new Work(TrainedNet.flops(shape), FLOPS);
            case "Inference" -> new Work(Answers.flops(shape), FLOPS);
            case "Relu.gradient" -> new Work(3 * RowsShape.parse(shape).bytes(), "GB/s");
            default -> new Work(2 * RowsShape.parse(shape).bytes(), "GB/s");
        };
    }

    /** Returns the rate, in the unit, of a call that took so many microseconds. */
    double rate(double micros) {
        return amount / micros * 1e-3;
    }
}
