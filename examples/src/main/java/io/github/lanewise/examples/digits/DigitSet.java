package io.github.lanewise.examples.digits;

/**
 * Grey images of digits, or of other things, with their labels.
 *
 * @param pixels image after image, row after row; the least is paper, the greatest is ink
 * @param labels the class of each image, from 0
 * @param rows pixels from top to bottom
 * @param cols pixels from left to right
 * @param classes how many classes there are
 */
public record DigitSet(Pixels pixels, int[] labels, int rows, int cols, int classes) {

    /** Digits there are. */
    public static final int DIGITS = 10;

    /** The most classes that are taken; a label above is taken for damage. */
    public static final int MOST_CLASSES = 4_096;

    /** Returns the number of images. */
    public int count() {
        return labels.length;
    }

    /** Returns the number of pixels in an image. */
    public int features() {
        return rows * cols;
    }

    /** Returns the pixel at a place of an image. */
    public float pixel(int image, int row, int col) {
        return pixels.at((image * rows + row) * cols + col);
    }
}
