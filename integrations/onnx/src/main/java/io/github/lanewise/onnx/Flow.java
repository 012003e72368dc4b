package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Slice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value that each sample has its own of.
 *
 * @param value of a sample, of the layout's shape
 * @param layout where the batch stands among ONNX's axes
 * @param batch the size of the batch when the model was exported, or 0 if it was open
 * @param isInteger whether its numbers are whole ones, such as indices
 * @param uniform the number that all of it is, such as a first state of zeros; else NaN
 */
record Flow(Value value, Layout layout, long batch, boolean isInteger, double uniform)
        implements Imported {

    Flow {
        if (!value.shape().equals(layout.sample())) {
            value = value.then(new Reshape(layout.sample()));
        }
    }

    /** Returns what a layer makes of it, with axes of its own. */
    Flow with(Value made, Layout axes) {
        return new Flow(made, axes, batch, false, Double.NaN);
    }

    /** Returns what layers make of it that leave its shape as it is. */
    Flow then(Layer... layers) {
        return with(value.then(layers), layout);
    }

    private Flow moved(Value made, Layout axes) {
        return new Flow(made, axes, batch, isInteger, uniform);
    }

    @Override
    public List<Dim> dims() {
        return layout.dims();
    }

    /** Returns the size of an axis that is not the batch. */
    int size(int axis) {
        layout.inSample(axis);
        return layout.axes().get(axis).before();
    }

    @Override
    public Flow take(int axis, int... indices) {
        Layout.Part part = layout.axes().get(axis);
        if (part.isPureBatch() && batch == 1 && indices.length == 1 && indices[0] == 0) {
            return this;
        }
        int place = layout.inSample(axis);
        int count = indices.length;
        Layout made = layout.with(axis, Layout.Part.of(count));
        int step = count > 1 ? indices[1] - indices[0] : 1;
        boolean even = step > 0;
        for (int i = 1; even && i < count; i++) {
            even = indices[i] - indices[i - 1] == step;
        }
        if (even && count == part.before() && indices[0] == 0 && step == 1) {
            return this;
        }
        Layer layer =
                even && indices[count - 1] < part.before()
                        ? new Slice(place, indices[0], indices[count - 1] + 1, step)
                        : new IndexSelect(place, indices);
        return moved(value.then(layer), made);
    }

    @Override
    public Flow part(int axis, int from, int to) {
        int place = layout.inSample(axis);
        if (from == 0 && to == size(axis)) {
            return this;
        }
        Layout made = layout.with(axis, Layout.Part.of(to - from));
        return moved(value.then(new Slice(place, from, to)), made);
    }

    @Override
    public Flow permute(int... axes) {
        int[] order = layout.sampleOrder(axes);
        Layout made = layout.permuted(axes);
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                return moved(value.then(new Permute(order)), made);
            }
        }
        return moved(value, made);
    }

    @Override
    public Flow reshape(List<Dim> target) {
        return moved(value, layout.reshaped(target, batch));
    }

    /** Returns its product with a constant matrix, size of the axis x out, along an axis. */
    Flow product(int axis, int out, float... matrix) {
        int size = size(axis);
        Value factor = Value.constant(new Shape(size, out), matrix);
        int last = value.shape().rank() - 1;
        int place = layout.inSample(axis);
        int[] order = IntStream.rangeClosed(0, last).toArray();
        order[place] = last;
        order[last] = place;
        Value turned = value.permute(order);
        int[] sizes = turned.shape().dimensions();
        sizes[last] = out;
        Value rows = turned.then(new Reshape(turned.shape().features() / size, size));
        Value made = Value.merge(new MatMul(), rows, factor).then(new Reshape(sizes));
        return with(made.permute(order), layout.with(axis, Layout.Part.of(out)));
    }

    /** Returns it with another axis, of size 1, before one or at the end. */
    Flow unsqueeze(int axis) {
        List<Layout.Part> parts = new ArrayList<>(layout.axes());
        parts.add(axis, Layout.Part.of(1));
        return moved(value, new Layout(parts));
    }

    /** Returns it with axes of size 1 in front, up to so many axes. */
    Flow padded(int rank) {
        Flow padded = this;
        while (padded.rank() < rank) {
            padded = padded.unsqueeze(0);
        }
        return padded;
    }

    /** Returns the sample under other dimensions. */
    Value seenAs(List<Integer> sizes) {
        var shape = Layout.shape(sizes);
        return value.shape().equals(shape) ? value : value.then(new Reshape(shape));
    }
}
