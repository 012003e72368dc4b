package io.github.lanewise.nn.data;

/** Makes a sample of another: see {@link Dataset#map}. */
@FunctionalInterface
public interface SampleFunction {

    /**
     * Makes a sample; must depend on the sample alone. Called by several threads at once if the
     * dataset is.
     *
     * @param sample what there was; free to be changed
     * @param made receives the new one; 0 before
     */
    void apply(float[] sample, float[] made);
}
