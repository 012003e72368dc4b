package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;

import java.util.ArrayList;
import java.util.List;

/** Draws layers and blocks of layers that take samples of a shape. */
final class RandomLayers {

    private static final int MOST_ATTEMPTS = 100;
    private static final int MOST_FEATURES = 600;
    private static final int MOST_PARAMETERS = 20_000;

    private RandomLayers() {}

    /** Returns a layer, or a small block of layers, that takes this shape. */
    static Layer fitting(Draw d, Shape shape) {
        if (d.chance(0.06)) {
            return residual(d, shape);
        }
        if (d.chance(0.06)) {
            return concat(d, shape);
        }
        return d.chance(0.05) ? new Sequential(chain(d, shape, 2)) : single(d, shape);
    }

    /** Returns layers, the first of which takes a shape, one after another. */
    static Layer[] chain(Draw d, Shape shape, int most) {
        List<Layer> layers = new ArrayList<>();
        Shape at = shape;
        for (int count = d.among(1, most); count > 0; count--) {
            Layer layer = !layers.isEmpty() && d.chance(0.05) ? again(d, layers, at) : null;
            layer = layer != null ? layer : fitting(d, at);
            at = layer.outputShape(at);
            layers.add(layer);
        }
        return layers.toArray(Layer[]::new);
    }

    /** Returns one of the layers that takes the shape, to share its weights; null if none does. */
    private static Layer again(Draw d, List<Layer> layers, Shape shape) {
        Layer layer = d.pick(layers);
        return fits(layer, shape) ? layer : null;
    }

    private static Layer single(Draw d, Shape shape) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Layer layer = made(d, shape);
            if (layer != null && fits(layer, shape)) {
                return layer;
            }
        }
        throw new AssertionError("no layer takes " + shape);
    }

    private static Layer made(Draw d, Shape shape) {
        try {
            return maker(d, shape.rank()).make(d, shape.dimensions());
        } catch (IllegalArgumentException e) {
            Complaints.require(e);
            return null;
        }
    }

    /** Returns a maker of layers for samples of so many dimensions. */
    static Maker maker(Draw d, int rank) {
        List<Maker> own =
                switch (rank) {
                    case 1 -> RowMakers.all();
                    case 2 -> SequenceMakers.all();
                    case 3 -> ImageMakers.all();
                    default -> PointwiseMakers.all();
                };
        return d.pick(d.chance(0.65) ? own : PointwiseMakers.all());
    }

    private static boolean fits(Layer layer, Shape shape) {
        try {
            return layer.outputShape(shape).features() <= MOST_FEATURES
                    && layer.parameters().values().stream().mapToLong(p -> p.size()).sum()
                            <= MOST_PARAMETERS;
        } catch (IllegalArgumentException e) {
            Complaints.require(e);
            return false;
        }
    }

    private static Layer residual(Draw d, Shape shape) {
        Layer block = new Residual(chain(d, shape, 2));
        return fits(block, shape) ? block : single(d, shape);
    }

    private static Layer concat(Draw d, Shape shape) {
        Layer block = new Concat(single(d, shape), single(d, shape));
        return fits(block, shape) ? block : single(d, shape);
    }
}
