package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.internal.Numbers;

import java.io.IOException;
import java.util.List;

/**
 * The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with limited memory (Liu and
 * Nocedal, 1989, in PyTorch's form). For small models and whole datasets at a time, not for small
 * batches: one step is several iterations, each of which computes loss and gradients of the batch
 * once or, with the line search, several times.
 *
 * <p>{@link io.github.lanewise.nn.train.Trainer} and {@link
 * io.github.lanewise.nn.train.TrainingStep} let it compute the batch again by themselves; who
 * writes the loop calls {@link #step(List, float, Closure)}. A step ends when the largest element
 * of the gradient is at most toleranceGrad, the loss or the largest change of a parameter changes
 * by less than toleranceChange, or maxIter or maxEval are reached. Groups and weight decay have no
 * meaning here, nor do layers that draw random numbers go well with it; adjustments come after each
 * evaluation and after the step. It remembers historySize pairs of arrays of the size of all
 * parameters, as long as the same ones are trainable. Not together with shards.
 */
public final class LBFGS extends Optimizer {

    private final Kernels kernels = Engine.kernels();
    private final CurvatureHistory history = new CurvatureHistory(kernels);
    private int maxIter = 20;
    private int maxEval;
    private float toleranceGrad = 1e-7f;
    private double toleranceChange = 1e-9;
    private int historySize = 100;
    private boolean strongWolfe;
    private List<Param> parameters;
    private Closure closure;
    private LineSearch search;
    private final LineSearch.Line line = this::evaluateAt;
    private Matrix origin;
    private Matrix direction;
    private Matrix gradient;
    private Matrix lastGradient;
    private double length;
    private long iterations;
    private boolean[] trainable;

    /** Makes LBFGS with the learning rate 1, without a line search. */
    public LBFGS() {
        this(1);
    }

    /**
     * Makes LBFGS with a learning rate, the share of a step that is taken or first tried.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public LBFGS(float learningRate) {
        super(learningRate);
    }

    /** Sets the most iterations of a step; 20 unless set. */
    public LBFGS maxIter(int number) {
        maxIter = Numbers.requirePositive("LBFGS", "max iter", number);
        return this;
    }

    /** Sets the most evaluations of a step; a quarter more than iterations unless set. */
    public LBFGS maxEval(int number) {
        maxEval = Numbers.requirePositive("LBFGS", "max eval", number);
        return this;
    }

    /** Sets the largest element of a gradient that counts as none; 1e-7 unless set. */
    public LBFGS toleranceGrad(float number) {
        toleranceGrad = requireNotNegative("tolerance of gradients", number);
        return this;
    }

    /** Sets what counts as no change of loss or parameters; 1e-9 unless set. */
    public LBFGS toleranceChange(double number) {
        requireNotNegative("tolerance of changes", (float) number);
        toleranceChange = number;
        return this;
    }

    /** Sets how many of the last steps are remembered; 100 unless set. */
    public LBFGS historySize(int number) {
        historySize = Numbers.requirePositive("LBFGS", "history size", number);
        return this;
    }

    /** Searches along each direction for a step that meets the strong Wolfe conditions. */
    public LBFGS strongWolfe() {
        strongWolfe = true;
        return this;
    }

    /**
     * There is none.
     *
     * @throws IllegalArgumentException if it is not 0
     */
    @Override
    public LBFGS weightDecay(float penalty) {
        if (penalty != 0) {
            throw new IllegalArgumentException(
                    "LBFGS: weight decay is %s; it must be 0".formatted(penalty));
        }
        return this;
    }

    @Override
    public boolean needsClosure() {
        return true;
    }

    @Override
    public void step(List<Param> parameters, float loss, Closure again) {
        this.parameters = parameters;
        this.closure = again;
        bind(FlatParameters.size(parameters));
        forgetOthers();
        beforeStep(parameters);
        FlatParameters.readGradients(parameters, gradient);
        iterate(loss);
        afterStep(parameters);
    }

    private void bind(int size) {
        if (origin != null && origin.cols() == size) {
            return;
        }
        if (origin != null || (direction != null && direction.cols() != size)) {
            throw new IllegalStateException(
                    "LBFGS: %s numbers, before there were %s; use one for each model"
                            .formatted(size, (origin != null ? origin : direction).cols()));
        }
        origin = Matrix.zeros(1, size);
        gradient = Matrix.zeros(1, size);
        search = new LineSearch(kernels, size);
        if (direction == null) {
            direction = Matrix.zeros(1, size);
            lastGradient = Matrix.zeros(1, size);
        }
    }

    /** Curvature that others had a part in would move what is frozen by now. */
    private void forgetOthers() {
        boolean first = trainable == null || trainable.length != parameters.size();
        trainable = first ? new boolean[parameters.size()] : trainable;
        if (FlatParameters.noteTrainable(parameters, trainable) && !first) {
            iterations = 0;
        }
    }

    private void iterate(double firstLoss) {
        double loss = firstLoss;
        int most = maxEval > 0 ? maxEval : maxIter * 5 / 4;
        int evaluations = 1;
        for (int i = 1; i <= maxIter && !isFlat(); i++) {
            turn();
            double before = loss;
            double slope = kernels.dot(gradient, direction);
            if (slope > -toleranceChange) {
                return;
            }
            FlatParameters.readValues(parameters, origin);
            if (strongWolfe) {
                search.run(line, direction, length, loss, gradient, toleranceChange);
                evaluations += search.evaluations();
                loss = search.loss();
                length = search.t();
                kernels.activate(Activation.IDENTITY, search.gradient(), gradient);
                moveTo(length);
            } else {
                moveTo(length);
                if (i < maxIter) {
                    loss = evaluate(gradient);
                    evaluations++;
                }
            }
            boolean still =
                    Math.abs(length) * kernels.restraints().maxOfAbsolutes(direction)
                                    <= toleranceChange
                            || Math.abs(loss - before) < toleranceChange;
            if (evaluations >= most || still) {
                return;
            }
        }
    }

    /** Negated, so that NaN ends the step, too. */
    private boolean isFlat() {
        return !(kernels.restraints().maxOfAbsolutes(gradient) > toleranceGrad);
    }

    /** Chooses direction and length. */
    private void turn() {
        iterations++;
        if (iterations == 1) {
            history.clear();
        } else {
            history.add(direction, length, gradient, lastGradient, historySize);
        }
        history.direction(gradient, direction);
        kernels.activate(Activation.IDENTITY, gradient, lastGradient);
        double sum = iterations == 1 ? kernels.restraints().sumOfAbsolutes(gradient) : 1;
        length = Math.min(1, 1 / sum) * learningRate();
    }

    /** Sets the parameters to a point of the line. */
    private void moveTo(double t) {
        FlatParameters.writeValues(origin, parameters);
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Matrix value = parameters.get(i).value();
            float[] p = value.data();
            for (int j = value.offset(); j < value.offset() + value.size(); j++) {
                p[j] = Math.fma((float) t, direction.data()[at++], p[j]);
            }
        }
    }

    private double evaluate(Matrix into) {
        double loss = closure.evaluate();
        beforeStep(parameters);
        FlatParameters.readGradients(parameters, into);
        return loss;
    }

    private double evaluateAt(double t, Matrix into) {
        moveTo(t);
        return evaluate(into);
    }

    /** Throws: its memory is of all parameters together. */
    @Override
    protected int states() {
        throw new IllegalStateException("LBFGS: no rule for a single parameter");
    }

    /** Throws: there is none. */
    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        throw new IllegalStateException("LBFGS: no rule for a single parameter");
    }

    @Override
    void saveRule(StateWriter out) {
        out.put("iterations", iterations);
        if (iterations > 0) {
            out.put("length", length);
            out.put("direction", direction);
            out.put("lastGradient", lastGradient);
            history.save(out);
        }
    }

    @Override
    void loadRule(StateReader in) throws IOException {
        iterations = in.get("iterations").asLong();
        origin = null;
        direction = null;
        if (iterations > 0) {
            length = in.get("length").asDouble();
            direction = in.array("direction");
            lastGradient = Matrix.zeros(1, direction.cols());
            in.read("lastGradient", lastGradient);
            history.load(in, direction.cols());
        }
    }

    @Override
    public String toString() {
        return "LBFGS(learning rate %s, max iter %s, history %s%s)"
                .formatted(
                        learningRate(), maxIter, historySize, strongWolfe ? ", strong Wolfe" : "");
    }
}
