package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;

/** Makes a layer with random options for samples of a shape, which it may not fit after all. */
@FunctionalInterface
interface Maker {

    /**
     * Makes a layer.
     *
     * @param shape as many dimensions as the list that the maker is in says
     */
    Layer make(Draw d, int[] shape);
}
