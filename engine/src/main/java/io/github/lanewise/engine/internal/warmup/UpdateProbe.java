package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Family;

import java.util.List;
import java.util.stream.Stream;

/** Every variant of some optimizer steps, on a span that is no multiple of any vector. */
final class UpdateProbe implements FamilyProbe {

    private static final List<Update> ALL =
            List.of(
                    new Update.Sgd(0.01f, 0, 0, false, 0.01f, false),
                    new Update.Sgd(0.01f, 0.5f, 0, false, 0.01f, true),
                    new Update.Sgd(0.01f, 0.5f, 0, false, 0.01f, false),
                    new Update.Sgd(0.01f, 0.5f, 0, true, 0.01f, false),
                    new Update.Adam(0.01f, 0.9f, 0.99f, 1, 0.01f, 0.01f, 1, false),
                    new Update.Adam(0.01f, 0.9f, 0.99f, 1, 0.01f, 0.01f, 1, true),
                    new Update.RmsProp(0.01f, 0.9f, 0.01f, 0, false, 0.01f),
                    new Update.RmsProp(0.01f, 0.9f, 0.01f, 0.5f, true, 0.01f),
                    new Update.Adagrad(0.01f, 0.01f, 0.01f),
                    new Update.Adadelta(0.01f, 0.9f, 0.01f, 0.01f),
                    new Update.Lion(0.01f, 0.9f, 0.99f, 0.99f));

    private final Matrix p = operand(1, 512);
    private final Matrix g = operand(1, 512);
    private final List<Update> rules;

    /** Makes one for the rules of a family. */
    UpdateProbe(Family family) {
        rules = ALL.stream().filter(rule -> Family.of(rule) == family).toList();
    }

    @Override
    public List<Kernel> kernels() {
        return rules.stream().map(this::kernel).toList();
    }

    private Kernel kernel(Update rule) {
        Matrix[] states = states(rule);
        Kernel kernel =
                (set, length) -> set.updates().update(rule, p, g, states, 0, 0, 3 + length * 8);
        return kernel.repeated();
    }

    /** Makes states for each rule alone: what one remembers would be NaN under another's root. */
    private static Matrix[] states(Update rule) {
        return Stream.generate(() -> operand(1, 512)).limit(rule.states()).toArray(Matrix[]::new);
    }
}
