package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

import java.util.Map;
import java.util.Objects;

/**
 * A trained array with its gradient. What it is called depends on the model that it is in: see
 * {@link Layer#parameters()}.
 *
 * <p><b>First values.</b> They are drawn when somebody first asks for {@link #value()}, from the
 * stream of seed 0 and the path in the outermost model that holds the parameter by then. So a model
 * is always initialised, two equal blocks of one model differ, and values that were set before a
 * layer is put into a model stay.
 *
 * <p><b>Gradient without a zeroing pass.</b> {@link #clearGradient()} only notes that the gradient
 * is empty; the first contribution then overwrites it and later ones add to it, by {@link
 * #nextBeta()}.
 *
 * <p><b>Gradient in the step.</b> Where the optimizer's step follows at once, a layer's product for
 * the gradient waits for it, so that both go over memory together. Whoever asks for the gradient
 * before gets it all the same: it is computed then.
 */
public final class Parameter {

    private static final long DEFAULT_SEED = 0;

    private final int rows;
    private final int cols;
    private Initializer initializer;
    private Fans fans;
    private RandomStream drawnFrom;
    private String path = "";
    private volatile Matrix value;
    private Matrix gradient;
    private boolean hasGradient;
    private boolean stepFollows;
    private WeightProduct waiting;
    private Object companion;

    /**
     * Describes a parameter of {@code rows x cols} values; nothing is allocated until it is used.
     *
     * @throws IllegalArgumentException if a dimension is below 1
     */
    public Parameter(int rows, int cols, Initializer initializer) {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException(
                    "Parameter: empty: %dx%d; each dimension must be 1 or more"
                            .formatted(rows, cols));
        }
        this.rows = rows;
        this.cols = cols;
        this.initializer = Objects.requireNonNull(initializer, "initializer");
        this.fans = rows == 1 ? null : Fans.ofColumns(rows, cols);
    }

    /**
     * Says that this is a weight, and how many inputs and outputs it joins; call it where the
     * parameter is made. Without it a parameter of several rows counts as one of {@code rows}
     * inputs and {@code cols} outputs, and one of a single row as no weight.
     */
    public Parameter fans(Fans fans) {
        this.fans = Objects.requireNonNull(fans, "fans");
        return this;
    }

    /** Says that this is no weight but a bias or scale, although it has several rows. */
    public Parameter withoutFans() {
        fans = null;
        return this;
    }

    /** Returns how many inputs and outputs it joins; null for a bias or a scale. */
    public Fans fans() {
        return fans;
    }

    /**
     * Draws the values by another initialiser; if they have been drawn already, anew, from the
     * stream that they came from.
     */
    public synchronized Parameter initializer(Initializer other) {
        initializer = Objects.requireNonNull(other, "initializer");
        if (value != null) {
            draw(drawnFrom.restarted());
        }
        return this;
    }

    /** Returns the values, always the same matrix: write into it to set them. */
    public Matrix value() {
        return value != null ? value : firstValue();
    }

    private synchronized Matrix firstValue() {
        if (value == null) {
            draw(streamOf(DEFAULT_SEED, path));
        }
        return value;
    }

    /**
     * Returns the gradient, always the same matrix; its content counts if {@link #hasGradient()}.
     */
    public synchronized Matrix gradient() {
        if (gradient == null) {
            gradient = Matrix.zeros(rows, cols);
        }
        if (waiting != null) {
            takeWaiting().compute(0, gradient);
        }
        return gradient;
    }

    /** Returns whether anything was added to the gradient since it was cleared. */
    public boolean hasGradient() {
        return hasGradient;
    }

    /** Empties the gradient. */
    public void clearGradient() {
        hasGradient = false;
        stepFollows = false;
        waiting = null;
    }

    /** Empties the gradient and says that it serves only for a step, which follows at once. */
    void clearGradientForStep() {
        clearGradient();
        stepFollows = true;
    }

    /** Adds a product to the gradient, or lets it wait for the step. */
    void addProduct(WeightProduct product) {
        if (stepFollows && !hasGradient) {
            hasGradient = true;
            waiting = product;
        } else {
            product.compute(nextBeta(), gradient());
        }
    }

    /** Returns the product that is the whole gradient but not yet computed, or null; only once. */
    WeightProduct takeWaiting() {
        WeightProduct product = waiting;
        waiting = null;
        stepFollows = false;
        return product;
    }

    /**
     * Announces a contribution to the gradient.
     *
     * @return the beta with which to write it: 0 for the first one after {@link #clearGradient()},
     *     which overwrites, else 1
     */
    public float nextBeta() {
        if (waiting != null) {
            gradient();
        }
        float beta = hasGradient ? 1 : 0;
        hasGradient = true;
        return beta;
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
        value = target;
    }

    /** Returns the number of values. */
    public int size() {
        return rows * cols;
    }

    /** Returns the shape, for example {@code Parameter(784x256)}. */
    @Override
    public String toString() {
        return "Parameter(%dx%d)".formatted(rows, cols);
    }

    static RandomStream streamOf(long seed, String path) {
        return new RandomStream(seed).stream("parameter").stream(path);
    }

    /** Tells the parameters under which paths to draw their first values. */
    static void place(Map<String, Parameter> parameters) {
        parameters.forEach((path, parameter) -> parameter.path = path);
    }

    /**
     * What {@link Trainer#trainOneStep} keeps for this parameter's model; it dies with the model.
     */
    Object companion() {
        return companion;
    }

    void companion(Object kept) {
        companion = kept;
    }
}
