/** Layers, losses, optimizers and the training loop, on the kernels of the engine. */
module io.github.lanewise.nn {
    requires transitive io.github.lanewise.engine;

    exports io.github.lanewise.nn;
    exports io.github.lanewise.nn.attention;
    exports io.github.lanewise.nn.augment;
    exports io.github.lanewise.nn.callback;
    exports io.github.lanewise.nn.conv;
    exports io.github.lanewise.nn.data;
    exports io.github.lanewise.nn.distributed;
    exports io.github.lanewise.nn.file;
    exports io.github.lanewise.nn.graph;
    exports io.github.lanewise.nn.inference;
    exports io.github.lanewise.nn.init;
    exports io.github.lanewise.nn.layer;
    exports io.github.lanewise.nn.loss;
    exports io.github.lanewise.nn.metrics;
    exports io.github.lanewise.nn.model;
    exports io.github.lanewise.nn.norm;
    exports io.github.lanewise.nn.optim;
    exports io.github.lanewise.nn.recurrent;
    exports io.github.lanewise.nn.schedule;
    exports io.github.lanewise.nn.train;
}
