package io.github.lanewise.examples.digits;

/**
 * Grey images of digits with their labels.
 *
 * @param pixels image after image, row after row; 0 is paper, 255 is ink, as unsigned bytes
 * @param labels the digit of each image, 0 to 9
 * @param rows pixels from top to bottom
 * @param cols pixels from left to right
 */
public record DigitSet(byte[] pixels, int[] labels, int rows, int cols) {

    /** Digits there are. */
    public static final int CLASSES = 10;

    /** Returns the number of images. */
    public int count() {
        return labels.length;
    }

    /** Returns the number of pixels in an image. */
    public int features() {
        return rows * cols;
    }

    /** Returns the ink at a place of an image, 0 to 255. */
    public int pixel(int image, int row, int col) {
        return pixels[(image * rows + row) * cols + col] & 0xff;
    }
}
