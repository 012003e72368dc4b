package io.github.lanewise.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Layers one after another, each taking what the one before it makes.
 *
 * <p>When it binds, an activation next to a {@link Fusible} layer is computed by that layer:
 * forward in the epilogue of the product before it, backward in that of the product after it. The
 * bits are those of the separate layers.
 */
public final class Sequential implements Layer {

    private final List<Layer> layers;

    /**
     * Makes a model of these layers. Parameters that nobody has looked at draw their first values
     * from seed 0 and their path in it.
     */
    public Sequential(Layer... layers) {
        for (Layer layer : Objects.requireNonNull(layers, "layers")) {
            Objects.requireNonNull(layer, "layer");
        }
        this.layers = List.of(layers);
        Parameter.place(parameters());
        Stochastic.placeAll(this);
    }

    /** Returns the layers in order. */
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            children.put(Integer.toString(i), layers.get(i));
        }
        return children;
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape shape = Objects.requireNonNull(input, "input");
        for (int i = 0; i < layers.size(); i++) {
            shape = outputShape(i, shape);
        }
        return shape;
    }

    /** Returns what layer i makes; its complaint says where it stands and who made its input. */
    private Shape outputShape(int i, Shape input) {
        try {
            return layers.get(i).outputShape(input);
        } catch (IllegalArgumentException e) {
            Layer maker = makerOfInput(i);
            String origin =
                    maker == null
                            ? ""
                            : "; the layer before it, %s, makes %s".formatted(brief(maker), input);
            throw new IllegalArgumentException(
                    "Sequential[%d] %s%s".formatted(i, e.getMessage(), origin), e);
        }
    }

    /** Returns the last layer before layer i that is not a mere nonlinearity, or null. */
    private Layer makerOfInput(int i) {
        for (int j = i - 1; j >= 0; j--) {
            if (!(layers.get(j) instanceof Nonlinearity)) {
                return layers.get(j);
            }
        }
        return null;
    }

    private static String brief(Layer layer) {
        return layer.children().isEmpty() ? layer.toString() : layer.getClass().getSimpleName();
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new SequentialPass(this, input, workspace);
    }

    /** Returns the layers, one a line, as PyTorch prints them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Sequential(\n");
        for (int i = 0; i < layers.size(); i++) {
            String layer = layers.get(i).toString().replace("\n", "\n  ");
            text.append("  (").append(i).append("): ").append(layer).append('\n');
        }
        return text.append(')').toString();
    }
}
