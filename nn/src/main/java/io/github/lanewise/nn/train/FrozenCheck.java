package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

import java.util.List;

/** Refuses a step that could change nothing, which else would look like training. */
final class FrozenCheck {

    /** How many names a message lists. */
    private static final int LISTED = 4;

    private FrozenCheck() {}

    /**
     * Checks before a step, not when it is bound, that it can change something: callbacks and
     * phases may thaw a part until then.
     *
     * @param parameters of the model
     * @throws IllegalArgumentException if it has none
     * @throws IllegalStateException if all are frozen
     */
    static void require(Layer model, List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isTrainable()) {
                return;
            }
        }
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException(
                    "training: %s has no parameters; there is nothing to train".formatted(model));
        }
        List<String> names = model.parameters().keySet().stream().limit(LISTED).toList();
        throw new IllegalStateException(
                ("training: all %s parameters of the model are frozen (%s%s), so that nothing can"
                                + " change; call trainable(true) on what shall learn")
                        .formatted(
                                parameters.size(),
                                String.join(", ", names),
                                parameters.size() > LISTED ? ", ..." : ""));
    }
}
