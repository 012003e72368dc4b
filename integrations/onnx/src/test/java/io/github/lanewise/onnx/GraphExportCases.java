package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Concatenate;
import io.github.lanewise.nn.graph.Elementwise;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;

import java.util.List;

/** Cases of several layers. */
final class GraphExportCases {

    private GraphExportCases() {}

    static List<ExportCase> all() {
        Linear shared = new Linear(4, 4);
        return List.of(
                of(new Concat(new Linear(4, 2), new Sequential(new Linear(4, 3), new Tanh())), 4),
                of(new Concatenate(), 4),
                of(new Residual(new Linear(4, 4), new ReLU(), new Linear(4, 4)), 4),
                of(
                        "shared layers",
                        new Sequential(
                                shared, new ReLU(), new Residual(shared), shared, new Linear(4, 2)),
                        4),
                of("operations on values", operations(), 2, 3, 4),
                of("products and choices", products(), 3, 4),
                of("two inputs, two outputs", twoInputs(), 7),
                of("indices and numbers", indicesAndNumbers(), 5),
                of(
                        "Embedding and GRU",
                        new Sequential(
                                new Embedding(7, 4),
                                new GRU(4, 5).bidirectional().lastOutput(),
                                new Linear(10, 2)),
                        6),
                of(
                        "LSTM network",
                        new Sequential(
                                new LSTM(3, 5).numLayers(2),
                                new LSTM(5, 4).lastOutput(),
                                new Linear(4, 2)),
                        6,
                        3),
                of("a model in a model", new Sequential(twoInputs(), new Linear(5, 2)), 7),
                of("the input as an output", passedThrough(), 3));
    }

    private static Model products() {
        Input x = new Input(3, 4);
        Value turned = x.permute(1, 0).then(new Pointwise(Pointwise.Function.ERF));
        Value product = Value.merge(new MatMul(), x, turned);
        Value shifted = product.plus(Value.merge(new Learned(new Shape(3))));
        Value condition = product.then(new Pointwise(Pointwise.Function.HEAVISIDE));
        return new Model(x, Value.merge(new Where(), condition, product, shifted));
    }

    private static Model operations() {
        Input x = new Input(2, 3, 4);
        Value turned = x.permute(1, 0, 2).then(new Linear(4, 4)).slice(0, 1, 3);
        Value scaled = turned.divide(x.norm(2).max(1).plus(2).then(new Reshape(2, 1, 1)));
        Value joint = Value.concat(1, scaled, turned.times(0.5f).minus(1));
        Value weighed = joint.times(Value.constant(new Shape(4), 1, 2, 3, 0.1f));
        Value constant = Value.constant(new Shape(2, 1, 4), 1, 2, 3, 4, 5, 6, 7, 8);
        return new Model(x, Value.concat(1, weighed, constant));
    }

    /** All merges, a shared layer, a value taken twice. */
    private static Model twoInputs() {
        Input left = new Input(4);
        Input right = new Input(3);
        Linear shared = new Linear(3, 3);
        Value first = left.then(new Linear(4, 3), new Tanh());
        Value second = right.then(shared);
        Value sum = first.plus(second).then(shared);
        Value joint = Value.concat(sum.times(second), right.minus(first), sum);
        Value twice = Value.merge(new Elementwise(Combination.MULTIPLY), sum, sum);
        Value last = joint.then(new BatchNorm1d(9), new Dropout(0.1f), new Linear(9, 2));
        return new Model(List.of(left, right), List.of(last, twice));
    }

    private static Model indicesAndNumbers() {
        Input ids = new Input(2);
        Input numbers = new Input(3);
        Value vectors = ids.then(new Embedding(7, 4), new Flatten());
        Value hidden = Value.concat(vectors, numbers.then(new BatchNorm1d(3)));
        Value last = hidden.then(new Linear(11, 6), new ReLU(), new Linear(6, 1));
        return new Model(List.of(ids, numbers), List.of(last));
    }

    private static Model passedThrough() {
        Input x = new Input(3);
        Value made = x.then(new Linear(3, 2));
        return new Model(List.of(x), List.of(x, made));
    }
}
