package io.github.lanewise.tabular;

/** How much time training may take. */
public enum Preset {
    /** A first look: one model, 32 epochs. */
    QUICK(32, 1),
    /** RealMLP as published: one model, 256 epochs. */
    GOOD(256, 1),
    /** The mean of five models, 256 epochs each. */
    BEST(256, 5);

    private final int epochs;
    private final int folds;

    Preset(int epochs, int folds) {
        this.epochs = epochs;
        this.folds = folds;
    }

    /** Returns how often training goes over the rows. */
    public int epochs() {
        return epochs;
    }

    /** Returns how many models there are. */
    public int folds() {
        return folds;
    }
}
