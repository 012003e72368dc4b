/** Layers, losses, optimizers and the training loop, on the kernels of the engine. */
module io.github.lanewise.nn {
    requires transitive io.github.lanewise.engine;

    exports io.github.lanewise.nn;
    exports io.github.lanewise.nn.metrics;
}
