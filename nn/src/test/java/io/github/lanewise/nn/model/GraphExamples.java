package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.Example.of;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
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
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;

import java.util.ArrayList;
import java.util.List;

/** Networks of several layers, and operations on values. */
final class GraphExamples {

    private GraphExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(graphs());
        all.add(of(operations(), 2, 3, 4));
        all.add(of(tensors(), 3, 4));
        all.add(of(new AdaptiveLogSoftmax(8, 9, 2, 5).divValue(2).headBias(), 3, 8));
        return all;
    }

    private static List<Example> graphs() {
        Linear shared = new Linear(4, 4);
        return List.of(
                of(new Concat(new Linear(4, 2), new Sequential(new Linear(4, 3), new Tanh())), 4),
                of(new Concatenate(), 4),
                of(
                        new Residual(
                                new Linear(4, 4), new ReLU(), new Dropout(0.2f), new Linear(4, 4)),
                        4),
                of(
                        new Sequential(
                                new Conv2d(1, 4, 3).padding(1),
                                new BatchNorm2d(4),
                                new ReLU(),
                                new MaxPool2d(2),
                                new Flatten(),
                                new Dropout(),
                                new Linear(36, 3)),
                        1,
                        6,
                        6),
                of(
                        new Sequential(
                                shared, new ReLU(), new Residual(shared), shared, new Linear(4, 2)),
                        4),
                of(graph(), 7));
    }

    /** Two inputs, two outputs, all merges, a shared layer, a value taken twice. */
    static Model graph() {
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

    private static Model operations() {
        Input x = new Input(2, 3, 4);
        Value turned = x.permute(1, 0, 2).then(new Linear(4, 4)).slice(0, 1, 3);
        Value scaled = turned.divide(x.norm(2).max(1).plus(2).then(new Reshape(2, 1, 1)));
        Value joint = Value.concat(1, scaled, turned.times(0.5f).minus(1));
        return new Model(x, joint.times(Value.constant(new Shape(4), 1, 2, 3, 0.1f)));
    }

    private static Model tensors() {
        Input x = new Input(3, 4);
        Value turned = x.permute(1, 0).then(new Pointwise(Pointwise.Function.ERF));
        Value product = Value.merge(new MatMul(), x, turned).then(new IndexSelect(0, 2, 2, 0));
        Value trained = Value.merge(new Learned(new Shape(3)));
        Value squares = product.then(Pointwise.pow(2)).plus(trained);
        Value condition = product.then(new Pointwise(Pointwise.Function.HEAVISIDE));
        return new Model(x, Value.merge(new Where(), condition, product, squares));
    }
}
