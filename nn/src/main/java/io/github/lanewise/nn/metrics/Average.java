package io.github.lanewise.nn.metrics;

/** How the measures of several classes become one number. */
public enum Average {
    /** The measure of class 1 alone: yes, where 0 is no. */
    BINARY,
    /** Counts of all classes added up before the measure is taken: big classes count more. */
    MICRO,
    /** The mean over the classes that occur, each counting the same. */
    MACRO,
    /** The mean over the classes, each counting as often as it is a label. */
    WEIGHTED
}
