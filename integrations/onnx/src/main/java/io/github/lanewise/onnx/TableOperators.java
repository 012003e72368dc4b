package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;

import java.util.List;
import java.util.Map;

/** The operators of scikit-learn's models that are networks or go before them. */
final class TableOperators {

    private TableOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("ai.onnx.ml.LinearRegressor", call -> List.of(regressor(call)));
        all.put("ai.onnx.ml.LinearClassifier", TableOperators::classifier);
        all.put("ai.onnx.ml.Normalizer", call -> List.of(normalizer(call)));
        all.put("ai.onnx.ml.Scaler", call -> List.of(scaler(call)));
    }

    private static Imported normalizer(Call call) {
        Flow x = call.flow(0);
        if (x.rank() != 2 || !x.layout().axes().getFirst().isPureBatch()) {
            throw new IllegalArgumentException(
                    "input is %s; batch x features is imported".formatted(Imported.text(x.dims())));
        }
        String norm = call.text("norm", "MAX");
        Value length =
                switch (norm) {
                    case "L1" -> x.value().then(new Pointwise(Pointwise.Function.ABS)).sum(0);
                    case "L2" -> x.value().norm(0);
                    default ->
                            throw new IllegalArgumentException(
                                    "norm %s; L1 and L2 are imported".formatted(norm));
                };
        // A row of zeros stays one.
        Value divisor = length.then(new Hardtanh(Float.MIN_NORMAL, Float.MAX_VALUE));
        return x.with(x.value().divide(divisor), x.layout());
    }

    private static Imported scaler(Call call) {
        Flow x = call.flow(0);
        Imported shifted = ofColumns(call, x, call.reals("offset"), false);
        return ofColumns(call, (Flow) shifted, call.reals("scale"), true);
    }

    private static Imported ofColumns(Call call, Flow x, float[] numbers, boolean factor) {
        double[] row = new double[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = numbers[i];
        }
        Known known =
                Known.of(OnnxType.FLOAT, new int[] {row.length}, row, call.context().budget());
        Broadcasts.Pair pair = Broadcasts.of(x, known, call.context());
        return x.with(factor ? pair.a().times(pair.b()) : pair.a().minus(pair.b()), pair.layout());
    }

    private static Flow linear(Call call, Flow x, int out) {
        float[] coefficients = call.reals("coefficients");
        float[] intercepts = call.reals("intercepts");
        int in = x.size(x.rank() - 1);
        if (coefficients.length != in * out) {
            throw new IllegalArgumentException(
                    "%s coefficients for %s features and %s results"
                            .formatted(coefficients.length, in, out));
        }
        Linear layer = new Linear(in, out);
        float[] weight = new float[in * out];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = coefficients[i % out * in + i / out];
        }
        Importing.set(layer.weight(), weight);
        Importing.set(layer.bias(), intercepts.length == 0 ? new float[out] : intercepts);
        return x.with(x.value().then(layer), x.layout().with(x.rank() - 1, Layout.Part.of(out)));
    }

    private static Imported regressor(Call call) {
        if (!"NONE".equals(call.text("post_transform", "NONE"))) {
            throw new IllegalArgumentException("post_transform is not NONE");
        }
        return linear(call, call.flow(0), call.integer("targets", 1));
    }

    /** The first output, the label, is left to who asks; the second are the scores. */
    private static List<Imported> classifier(Call call) {
        int out = call.reals("intercepts").length;
        Flow scores = linear(call, call.flow(0), out);
        Flow made =
                switch (call.text("post_transform", "NONE")) {
                    case "NONE" -> scores;
                    case "SOFTMAX" -> scores.then(new Softmax());
                    case "LOGISTIC" -> scores.then(new Sigmoid());
                    default ->
                            throw new IllegalArgumentException(
                                    "post_transform " + call.text("post_transform", ""));
                };
        if (out == 1) {
            throw new IllegalArgumentException("a classifier of two classes by one score");
        }
        return List.of(Folding.scalar(OnnxType.INT64, 0, call.context().budget()), made);
    }
}
