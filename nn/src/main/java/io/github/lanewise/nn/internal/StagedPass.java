package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;

import java.util.function.Consumer;

/**
 * A pass that tells, while backward still goes on, whose gradients are complete: who sends them
 * elsewhere need not wait for the rest.
 */
public interface StagedPass extends Pass {

    /**
     * Sets who is told of each parameter once nothing more will be added to its gradient by the
     * running backward call; null (the default) for nobody.
     */
    void onGradient(Consumer<Param> listener);
}
