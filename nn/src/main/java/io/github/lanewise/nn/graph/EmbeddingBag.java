package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Looks up a trained vector for each index of a bag and makes one vector of them: their mean, sum,
 * or the largest of each element.
 *
 * <p>Inputs are indices held as floats; their last dimension is the bag, and in its place outputs
 * have the vector. Bags are as long as the longest: in a shorter one the index that is set aside
 * for padding fills up, which does not count; {@link #pad} makes such rows of PyTorch's indices and
 * offsets. A bag without any other index gives 0. With a sum, a second input of the same shape may
 * weigh each index: {@code Value.merge(bag, indices, weights)}.
 *
 * <p>Sums run in ascending order of the positions. Of equal largest elements the first takes the
 * gradient. The weight is count x features and starts from N(0, 1), but the vector for padding,
 * which is 0 and stays.
 */
public final class EmbeddingBag implements Merge {

    /** What is made of the vectors. */
    public enum Mode {
        /** Their mean. */
        MEAN,
        /** Their sum. */
        SUM,
        /** The largest of each element. */
        MAX
    }

    private static final int MOST = 1 << 24;
    private static final int NO_PADDING = -1;

    private final int count;
    private final int features;
    private final Options options = new Options();
    private final Param weight;
    private Mode mode = Mode.MEAN;
    private int paddingIdx = NO_PADDING;
    private boolean sparse;

    /**
     * Makes a layer of means for indices below {@code count}, with vectors of so many features.
     *
     * @param count how many vectors; 1 to 2<sup>24</sup>
     * @param features of a vector
     * @throws IllegalArgumentException if a number is out of range
     */
    public EmbeddingBag(int count, int features) {
        if (count < 1 || count > MOST || features < 1) {
            throw new IllegalArgumentException(
                    ("EmbeddingBag: %s vectors of %s features; vectors must be 1 to %s, features"
                                    + " 1 or more")
                            .formatted(count, features, MOST));
        }
        this.count = count;
        this.features = features;
        weight =
                new Param(count, features, Initializer.normal(0, 1))
                        .fans(Fans.ofColumns(count, features))
                        .savedAs(new Shape(count, features));
    }

    /** Sets what is made of the vectors; the mean unless set. */
    public EmbeddingBag mode(Mode mode) {
        options.requireOpen(this, "mode");
        this.mode = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * Sets the index that does not count.
     *
     * @throws IllegalArgumentException if there is no such vector
     */
    public EmbeddingBag paddingIdx(int index) {
        options.requireOpen(this, "paddingIdx");
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "EmbeddingBag: padding index is %s; it must be from 0 to %s"
                            .formatted(index, count - 1));
        }
        paddingIdx = index;
        weight.zeroRow(index);
        return this;
    }

    /**
     * Lets training clear and update only vectors that were looked up: {@link
     * io.github.lanewise.nn.layer.Embedding#sparse}.
     */
    public EmbeddingBag sparse() {
        options.requireOpen(this, "sparse");
        sparse = true;
        weight.accumulator().ofRows();
        return this;
    }

    /**
     * Makes rows of equal length of bags that lie behind one another.
     *
     * @param indices of all bags
     * @param offsets where each bag begins in them, rising from 0
     * @param paddingIdx fills up what is shorter than the longest
     * @return a row for each bag, at least one index long
     * @throws IllegalArgumentException if the offsets do not rise from 0 within the indices
     */
    public static Matrix pad(int[] indices, int[] offsets, int paddingIdx) {
        int longest = 1;
        for (int i = 0; i < offsets.length; i++) {
            int end = i + 1 < offsets.length ? offsets[i + 1] : indices.length;
            boolean rises = offsets[i] <= end && end <= indices.length;
            if (!rises || (i == 0 && offsets[0] != 0)) {
                throw new IllegalArgumentException(
                        "pad: offset %s is %s; they must rise from 0 to at most %s, the indices"
                                .formatted(i, offsets[i], indices.length));
            }
            longest = Math.max(longest, end - offsets[i]);
        }
        Matrix rows = Matrix.zeros(offsets.length, longest);
        Arrays.fill(rows.data(), paddingIdx);
        for (int i = 0; i < offsets.length; i++) {
            int end = i + 1 < offsets.length ? offsets[i + 1] : indices.length;
            for (int j = offsets[i]; j < end; j++) {
                rows.data()[i * longest + j - offsets[i]] = indices[j];
            }
        }
        return rows;
    }

    /** Returns the vectors, count x features. */
    public Param weight() {
        options.close();
        return weight;
    }

    Mode mode() {
        return mode;
    }

    int paddingIdx() {
        return paddingIdx;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        boolean weighted = inputs.size() == 2 && inputs.get(0).equals(inputs.get(1));
        if (inputs.size() != 1 && !weighted) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s; it takes indices, or indices and weights of one shape"
                            .formatted(this, inputs));
        }
        if (weighted && mode != Mode.SUM) {
            throw new IllegalArgumentException(
                    "%s: weights go with sums alone; set mode(Mode.SUM)".formatted(this));
        }
        Shape input = inputs.getFirst();
        return Axes.resized(input, input.rank() - 1, features);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        options.close();
        outputShape(inputs);
        return new EmbeddingBagPass(this, inputs, workspace);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        options.close();
        return Named.of("weight", weight);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("numEmbeddings", count);
        all.put("embeddingDim", features);
        all.put("mode", mode.name().toLowerCase(Locale.ROOT));
        if (paddingIdx != NO_PADDING) {
            all.put("paddingIdx", paddingIdx);
        }
        all.put("sparse", sparse);
        return all;
    }

    @Override
    public String toString() {
        return "EmbeddingBag(%s, %s, %s%s%s)"
                .formatted(
                        count,
                        features,
                        mode.name().toLowerCase(Locale.ROOT),
                        paddingIdx == NO_PADDING ? "" : ", padding %s".formatted(paddingIdx),
                        sparse ? ", sparse" : "");
    }
}
