package io.github.lanewise.nn;

/** A layer that can do the work of the activations next to it while its numbers are in cache. */
public interface Fusible extends Layer {

    /**
     * Makes a pass that takes over neighbouring activations.
     *
     * @param input shape of a sample
     * @param workspace hands out the buffers
     * @param fusion which activations
     * @throws IllegalArgumentException if the layer cannot take such an input
     */
    Pass bind(Shape input, Workspace workspace, Fusion fusion);

    @Override
    default Pass bind(Shape input, Workspace workspace) {
        return bind(input, workspace, Fusion.NONE);
    }
}
