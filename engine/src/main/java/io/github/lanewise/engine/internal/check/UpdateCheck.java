package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import java.util.Locale;
import java.util.Objects;

/** What the operands of an optimizer step must be. */
public final class UpdateCheck {

    private UpdateCheck() {}

    /** Checks that all have one shape and lie apart, and that there are enough states. */
    public static void operands(
            String operation, Update rule, Matrix value, Matrix gradient, Matrix... states) {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(states, "states");
        Check.sameShape(operation, "value", value, "gradient", gradient);
        Check.apart(operation, "value", value, "gradient", gradient);
        if (states.length < rule.states()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d state matrices given; %s takes %d",
                            operation,
                            states.length,
                            rule.getClass().getSimpleName(),
                            rule.states()));
        }
        for (int s = 0; s < rule.states(); s++) {
            Check.sameShape(operation, "value", value, "state", states[s]);
            Check.apart(operation, "state", states[s], "value", value);
            Check.apart(operation, "state", states[s], "gradient", gradient);
            for (int other = 0; other < s; other++) {
                Check.apart(operation, "state", states[s], "another state", states[other]);
            }
        }
    }
}
