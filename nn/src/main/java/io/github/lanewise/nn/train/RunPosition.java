package io.github.lanewise.nn.train;

/** Which of a trainer's epochs is next; it goes on from one call of fit to the next. */
final class RunPosition {

    long epoch;
}
