package io.github.lanewise.engine;

import java.util.Objects;

/**
 * What a matrix product does to each element once its sum is complete, while it is still in cache.
 *
 * <p>In this order, each step optional: add {@code bias[j]}; apply {@code activation}, forward if
 * {@code saved} is null, else as its gradient: multiply by f' computed from {@code saved[i][j]}.
 *
 * @param bias one row with a value for each column of the product, or null
 * @param activation the function; {@link Activation#IDENTITY} does nothing
 * @param saved what the forward pass saved (see {@link Activation#saved()}), of the product's
 *     shape, or null for the forward direction
 */
public record Epilogue(Matrix bias, Activation activation, Matrix saved) {

    /** Leaves the product as it is. */
    public static final Epilogue NONE = new Epilogue(null, Activation.IDENTITY, null);

    /** Checks that there is an activation. */
    public Epilogue {
        Objects.requireNonNull(activation, "activation");
    }

    /** Adds a bias to each row. */
    public static Epilogue bias(Matrix bias) {
        return new Epilogue(Objects.requireNonNull(bias, "bias"), Activation.IDENTITY, null);
    }

    /** Adds a bias (or none, if null) to each row, then applies an activation. */
    public static Epilogue activate(Matrix bias, Activation activation) {
        return new Epilogue(bias, activation, null);
    }

    /** Multiplies by the gradient of an activation: backpropagation through it. */
    public static Epilogue gradient(Activation activation, Matrix saved) {
        return new Epilogue(null, activation, Objects.requireNonNull(saved, "saved"));
    }

    /** Returns whether the product stays as it is. */
    public boolean isNone() {
        return bias == null && activation.kind() == Activation.Kind.IDENTITY;
    }
}
