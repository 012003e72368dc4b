package io.github.lanewise.examples.digits;

/**
 * Images to learn from and images to be tested on.
 *
 * @param source where they come from: the absolute path of a folder, or {@link #EMBEDDED}
 * @param train images to learn from
 * @param test images of the same size, never trained on
 */
public record Digits(String source, DigitSet train, DigitSet test) {

    /** The source of the digits that {@link DrawnDigits} makes. */
    public static final String EMBEDDED = "embedded";

    /** Returns whether these are drawn digits, not MNIST. */
    public boolean isEmbedded() {
        return source.equals(EMBEDDED);
    }
}
