package io.github.lanewise.nn.internal;

/** How many layers one layer may stack: a number alone, from a file say, must not take memory. */
public final class StackDepth {

    public static final int MOST = 1000;

    private StackDepth() {}
}
