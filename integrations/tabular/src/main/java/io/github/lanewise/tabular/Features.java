package io.github.lanewise.tabular;

/** The order of features in a row: first numbers, then parts of codes, then ids of levels. */
public final class Features {

    private Features() {}

    /**
     * Numbers of features of each kind.
     *
     * @param numbers scaled numbers
     * @param codes parts of short codes
     * @param ids of embedded levels
     */
    public record Counts(int numbers, int codes, int ids) {

        /** No features. */
        public static final Counts NONE = new Counts(0, 0, 0);

        /** Returns the sum. */
        public Counts plus(Counts other) {
            return new Counts(numbers + other.numbers, codes + other.codes, ids + other.ids);
        }

        /** Returns how many there are in all. */
        public int all() {
            return numbers + codes + ids;
        }
    }
}
