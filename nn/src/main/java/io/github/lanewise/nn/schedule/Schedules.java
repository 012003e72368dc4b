package io.github.lanewise.nn.schedule;

/** Checks that schedules have in common. */
final class Schedules {

    private Schedules() {}

    /** Checks a number of steps or epochs. */
    static void requireSteps(String schedule, String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "%s: %s is %d; it must be 1 or more".formatted(schedule, name, steps));
        }
    }

    /** Returns the number on half a cosine wave from one number to another. */
    static double cosine(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }
}
