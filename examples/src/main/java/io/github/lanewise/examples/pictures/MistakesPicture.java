package io.github.lanewise.examples.pictures;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Draws the digits that a model was most sure of and got wrong. */
public final class MistakesPicture {

    private static final int COLUMNS = 8;
    private static final int ROWS = 4;
    private static final int SIDE = 84;
    private static final int CELL_WIDTH = 104;
    private static final int CELL_HEIGHT = 132;
    private static final int MARGIN = 20;
    private static final int HEAD = 64;

    /** How many mistakes fit into the picture. */
    public static final int MOST = COLUMNS * ROWS;

    /**
     * A digit that was read as another.
     *
     * @param image its number in the set
     * @param label what it is
     * @param predicted what the model took it for
     * @param confidence the probability that the model gave to that
     */
    public record Mistake(int image, int label, int predicted, double confidence) {

        /** Returns the confidence, rounded down: a model that says 99.996 % is not quite sure. */
        public double percentSure() {
            return Math.floor(confidence * 10_000) / 100;
        }
    }

    private MistakesPicture() {}

    /**
     * Draws the picture.
     *
     * @param digits the set that the mistakes count from
     * @param mistakes all of them, the worst first; the first {@link #MOST} are drawn
     * @param file the PNG to write
     */
    public static void save(DigitSet digits, List<Mistake> mistakes, Path file) throws IOException {
        int shown = Math.min(MOST, mistakes.size());
        int rows = Math.max(1, (shown + COLUMNS - 1) / COLUMNS);
        int width = 2 * MARGIN + COLUMNS * CELL_WIDTH;
        Canvas canvas = new Canvas(width, HEAD + rows * CELL_HEIGHT + MARGIN);
        canvas.text(
                shown == 0 ? "No mistake at all" : "The digits it got most wrong",
                Palette.TITLE,
                Palette.INK,
                MARGIN,
                30);
        canvas.text(
                text(
                        "%,d of %,d test digits misread; the %d it was surest of",
                        mistakes.size(), digits.count(), shown),
                Palette.TEXT,
                Palette.MUTED,
                MARGIN,
                49);
        for (int i = 0; i < shown; i++) {
            int x = MARGIN + i % COLUMNS * CELL_WIDTH;
            int y = HEAD + i / COLUMNS * CELL_HEIGHT;
            cell(canvas, digits, mistakes.get(i), x, y);
        }
        canvas.save(file);
    }

    private static void cell(Canvas canvas, DigitSet digits, Mistake mistake, int x, int y) {
        Graphics2D g = canvas.graphics();
        int left = x + (CELL_WIDTH - SIDE) / 2;
        g.drawImage(image(digits, mistake.image()), left, y, SIDE, SIDE, null);
        g.setColor(Palette.GRID);
        g.drawRect(left, y, SIDE, SIDE);
        int middle = x + CELL_WIDTH / 2;
        canvas.centered(
                text("read %d, is %d", mistake.predicted(), mistake.label()),
                Palette.TEXT,
                Palette.INK,
                middle,
                y + SIDE + 17);
        canvas.centered(
                text("%.2f %% sure", mistake.percentSure()),
                Palette.SMALL,
                Palette.ORANGE,
                middle,
                y + SIDE + 31);
    }

    /** Returns an image as dark ink on white paper. */
    private static BufferedImage image(DigitSet digits, int number) {
        double[] ink = Ink.of(digits, number);
        BufferedImage image =
                new BufferedImage(digits.cols(), digits.rows(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < ink.length; i++) {
            Color grey = Palette.mix(Palette.PAPER, Palette.INK, ink[i]);
            image.setRGB(i % digits.cols(), i / digits.cols(), grey.getRGB());
        }
        return image;
    }
}
