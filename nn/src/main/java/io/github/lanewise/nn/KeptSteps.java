package io.github.lanewise.nn;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The bound steps of {@link Trainer#trainOneStep}, kept from call to call.
 *
 * <p>They hang on the model's first parameter: so they go together with the model, where a table of
 * models would keep them all alive. Each thread remembers, weakly, where it looked last.
 */
final class KeptSteps {

    private static final int KEPT = 6;

    private static final ThreadLocal<WeakReference<KeptSteps>> LAST = new ThreadLocal<>();

    private final Layer model;
    private final List<OneStep> steps = new ArrayList<>();

    private KeptSteps(Layer model) {
        this.model = model;
    }

    /** Returns those of a model. */
    static KeptSteps of(Layer model) {
        Objects.requireNonNull(model, "model");
        WeakReference<KeptSteps> last = LAST.get();
        KeptSteps kept = last == null ? null : last.get();
        if (kept == null || kept.model != model) {
            kept = onFirstParameter(model);
            LAST.set(new WeakReference<>(kept));
        }
        return kept;
    }

    private static KeptSteps onFirstParameter(Layer model) {
        if (model.parameters().isEmpty()) {
            throw new IllegalArgumentException(
                    "trainOneStep: %s has no parameters; there is nothing to train"
                            .formatted(model));
        }
        Parameter first = model.parameters().firstEntry().getValue();
        if (first.companion() instanceof KeptSteps kept && kept.model == model) {
            return kept;
        }
        KeptSteps made = new KeptSteps(model);
        first.companion(made);
        return made;
    }

    /** Returns the step for a loss and a batch like this one; makes it on the first call. */
    OneStep step(Loss loss, float[][] inputs) {
        Objects.requireNonNull(loss, "loss");
        int batch = Objects.requireNonNull(inputs, "inputs").length;
        int features = batch == 0 ? 0 : inputs[0].length;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).fits(loss, batch, features)) {
                return steps.get(i);
            }
        }
        if (features == 0) {
            throw new IllegalArgumentException(
                    "trainOneStep: inputs are %dx%d; give at least one row of one number"
                            .formatted(batch, features));
        }
        if (steps.size() == KEPT) {
            steps.removeFirst();
        }
        OneStep made = new OneStep(model, loss, batch, features);
        steps.add(made);
        return made;
    }
}
