package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.init.RandomStream;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A trained array with its gradient. What it is called depends on the model that it is in: see
 * {@link Layer#parameters()}.
 *
 * <p><b>First values.</b> They are drawn when somebody first asks for {@link #value()}, from the
 * stream of seed 0 and the path in the outermost model that holds the parameter by then. So a model
 * is always initialized, two equal blocks of one model differ, and values that were set before a
 * layer is put into a model stay.
 */
public final class Param {

    private static final long DEFAULT_SEED = 0;
    private static final int NONE = -1;

    private final int rows;
    private final int cols;
    private Initializer initializer;
    private Fans fans;
    private RandomStream drawnFrom;
    private String path = "";
    private int zeroRow = NONE;
    private Shape savedShape;
    private boolean savedTransposed;
    private volatile Matrix value;
    private final GradientAccumulator accumulator;

    /**
     * Describes a parameter of {@code rows x cols} values; nothing is allocated until it is used.
     *
     * @throws IllegalArgumentException if a dimension is below 1, or the product above 2^31 - 1
     */
    public Param(int rows, int cols, Initializer initializer) {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException(
                    "Param: empty: %sx%s; each dimension must be 1 or more".formatted(rows, cols));
        }
        if ((long) rows * cols > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Param: %sx%s are too many values; a parameter holds at most %s"
                            .formatted(rows, cols, Integer.MAX_VALUE));
        }
        this.rows = rows;
        this.cols = cols;
        this.initializer = Objects.requireNonNull(initializer, "initializer");
        this.accumulator = new GradientAccumulator(rows, cols);
        this.fans = rows == 1 ? null : Fans.ofColumns(rows, cols);
    }

    /**
     * Says that this is a weight, and how many inputs and outputs it joins; call it where the
     * parameter is made. Without it a parameter of several rows counts as one of {@code rows}
     * inputs and {@code cols} outputs, and one of a single row as no weight.
     */
    public Param fans(Fans fans) {
        this.fans = Objects.requireNonNull(fans, "fans");
        return this;
    }

    /** Says that this is no weight but a bias or scale, although it has several rows. */
    public Param withoutFans() {
        fans = null;
        return this;
    }

    /**
     * Says that one row is 0 whenever values are drawn, such as the vector of an embedding's
     * padding index; if they have been drawn already, it becomes 0 now.
     */
    public synchronized Param zeroRow(int row) {
        zeroRow = Objects.checkIndex(row, rows);
        if (value != null) {
            clearRow(value);
        }
        return this;
    }

    /**
     * Says under which shape files hold the values, in the same order: that of PyTorch, where it
     * has such a parameter. Without it, files hold a single row as one dimension, and several rows
     * as two.
     *
     * @throws IllegalArgumentException if a shape of other dimensions has not as many values
     */
    public Param savedAs(Shape shape) {
        if ((long) rows * cols != shape.features()) {
            throw new IllegalArgumentException(
                    "savedAs: %s as %s; both must have as many values".formatted(this, shape));
        }
        savedShape = shape;
        return this;
    }

    /** Says that files hold the values turned over, {@code cols x rows}, as PyTorch's weights. */
    public Param savedTransposed() {
        savedTransposed = true;
        return this;
    }

    /** Returns the shape that the values have in files. */
    public Shape savedShape() {
        if (savedTransposed) {
            return new Shape(cols, rows);
        }
        return savedShape != null ? savedShape : savedShape(rows, cols);
    }

    static Shape savedShape(int rows, int cols) {
        return rows == 1 ? new Shape(cols) : new Shape(rows, cols);
    }

    /** Returns whether files hold the values turned over. */
    public boolean isSavedTransposed() {
        return savedTransposed;
    }

    private void clearRow(Matrix target) {
        int from = target.offset() + zeroRow * target.ld();
        Arrays.fill(target.data(), from, from + cols, 0);
    }

    /** Returns how many inputs and outputs it joins; null for a bias or a scale. */
    public Fans fans() {
        return fans;
    }

    /**
     * Draws the values by another initializer; if they have been drawn already, anew, from the
     * stream that they came from.
     */
    public synchronized Param initializer(Initializer other) {
        initializer = Objects.requireNonNull(other, "initializer");
        if (value != null) {
            draw(drawnFrom.restarted());
        }
        return this;
    }

    /** Returns the rows of the values; nothing is drawn. */
    public int rows() {
        return rows;
    }

    /** Returns the columns of the values; nothing is drawn. */
    public int cols() {
        return cols;
    }

    /** Returns whether the values have been drawn or set. */
    public boolean isDrawn() {
        return value != null;
    }

    /** Returns the values, always the same matrix: write into it to set them. */
    public Matrix value() {
        return value != null ? value : firstValue();
    }

    /**
     * Returns the values for someone who sets them all: they are not drawn first, which takes
     * longer than reading them from a file.
     */
    public synchronized Matrix overwrite() {
        if (value == null) {
            drawnFrom = streamOf(DEFAULT_SEED, path);
            value = Matrix.zeros(rows, cols);
        }
        return value;
    }

    private synchronized Matrix firstValue() {
        if (value == null) {
            draw(streamOf(DEFAULT_SEED, path));
        }
        return value;
    }

    /**
     * Sets whether training changes the values; by default it does. What is not trainable has no
     * gradient: layers do not compute it, clipping does not see it, an optimizer neither changes
     * the values nor remembers anything of them. Files hold the values all the same. It may be set
     * at any time, and counts from the next forward pass on.
     */
    public Param trainable(boolean whether) {
        accumulator.open(whether);
        return this;
    }

    /** Returns whether training changes the values; if not, a layer leaves the gradient out. */
    public boolean isTrainable() {
        return accumulator.isOpen();
    }

    /**
     * Returns the gradient, always the same matrix; its content counts if {@link #hasGradient()}.
     */
    public Matrix gradient() {
        return accumulator.matrix();
    }

    /**
     * Sets the gradient to these numbers, row by row.
     *
     * @throws IllegalArgumentException if there are not as many as values
     * @throws IllegalStateException if it is not trainable
     */
    public Param setGradient(float... numbers) {
        if (!isTrainable()) {
            throw new IllegalStateException(
                    "setGradient: %s is not trainable; call trainable(true) first".formatted(this));
        }
        if (numbers.length != size()) {
            throw new IllegalArgumentException(
                    "setGradient: %s numbers for %s; give %s"
                            .formatted(numbers.length, this, size()));
        }
        clearGradient();
        accumulator.nextBeta();
        System.arraycopy(numbers, 0, gradient().data(), 0, numbers.length);
        return this;
    }

    /** Returns whether anything was added to the gradient since it was cleared. */
    public boolean hasGradient() {
        return !accumulator.isEmpty();
    }

    /** Empties the gradient. */
    public void clearGradient() {
        accumulator.clear();
    }

    /** Returns where layers add to the gradient. */
    public GradientAccumulator accumulator() {
        return accumulator;
    }

    /** Draws the values anew and empties the gradient. */
    public synchronized void initialize(RandomStream random) {
        draw(Objects.requireNonNull(random, "random"));
        clearGradient();
    }

    private void draw(RandomStream random) {
        Matrix target = value != null ? value : Matrix.zeros(rows, cols);
        drawnFrom = random.restarted();
        initializer.fill(target, fans, random);
        if (zeroRow != NONE) {
            clearRow(target);
        }
        value = target;
    }

    /** Returns the number of values. */
    public int size() {
        return rows * cols;
    }

    /** Returns the shape, for example {@code Param(784x256)}. */
    @Override
    public String toString() {
        return "Param(%sx%s)".formatted(rows, cols);
    }

    static RandomStream streamOf(long seed, String path) {
        return new RandomStream(seed).stream("parameter").stream(path);
    }

    /** Tells the parameters under which paths to draw their first values. */
    static void place(Map<String, Param> parameters) {
        parameters.forEach((path, parameter) -> parameter.path = path);
    }
}
