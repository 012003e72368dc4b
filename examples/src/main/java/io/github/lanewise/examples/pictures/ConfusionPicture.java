package io.github.lanewise.examples.pictures;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.metrics.ConfusionMatrix;

import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Draws a confusion matrix: what is right in blue, what is wrong in orange, the rarer the paler.
 */
public final class ConfusionPicture {

    private static final int CELL = 48;
    // Cells of at least so many pixels have room for the class's name, and for the count.
    private static final int NAMED = 18;
    private static final int COUNTED = 36;
    private static final int WIDEST = 1_500;
    private static final int LEAST = 300;
    private static final int LEFT = 64;
    private static final int TOP = 92;
    private static final int MARGIN = 24;
    // Mistakes are so much rarer that on the scale of the right answers all would look alike.
    private static final double MISTAKE_SCALE = 0.02;

    private ConfusionPicture() {}

    /** Draws the picture into a PNG file; the more classes, the smaller the cells. */
    public static void save(ConfusionMatrix matrix, Path file) throws IOException {
        int classes = matrix.classes();
        int cell = Math.clamp(WIDEST / classes, 1, CELL);
        int side = classes * cell;
        Canvas canvas = new Canvas(Math.max(LEAST, LEFT + side + MARGIN), TOP + side + MARGIN);
        canvas.text("What each digit was read as", Palette.TITLE, Palette.INK, MARGIN, 30);
        canvas.text(
                text(
                        "%.2f %% of %,d test digits are right",
                        100 * matrix.accuracy(), matrix.total()),
                Palette.TEXT,
                Palette.MUTED,
                MARGIN,
                49);
        canvas.centered("read as", Palette.SMALL, Palette.MUTED, LEFT + side / 2.0, TOP - 22);
        canvas.text("is", Palette.SMALL, Palette.MUTED, MARGIN, TOP + side / 2.0 + 4);
        for (int label = 0; label < classes; label++) {
            double middle = (label + 0.5) * cell;
            if (cell >= NAMED) {
                String name = Integer.toString(label);
                canvas.centered(name, Palette.TEXT, Palette.INK, LEFT + middle, TOP - 7);
                canvas.centered(name, Palette.TEXT, Palette.INK, LEFT - 14, TOP + middle + 4);
            }
            int labelled = Math.max(1, matrix.labelled(label));
            for (int predicted = 0; predicted < classes; predicted++) {
                int count = matrix.count(label, predicted);
                int x = LEFT + predicted * cell;
                int y = TOP + label * cell;
                draw(canvas, count, count / (double) labelled, label == predicted, x, y, cell);
            }
        }
        canvas.save(file);
    }

    private static void draw(
            Canvas canvas, int count, double share, boolean right, int x, int y, int cell) {
        double strength = right ? share * share : Math.min(1, Math.sqrt(share / MISTAKE_SCALE));
        Color full = right ? Palette.BLUE : Palette.ORANGE;
        Graphics2D g = canvas.graphics();
        g.setColor(Palette.mix(Palette.PAPER, full, count == 0 ? 0 : 0.06 + 0.84 * strength));
        g.fillRect(x, y, cell, cell);
        if (cell >= NAMED) {
            g.setColor(Palette.GRID);
            g.drawRect(x, y, cell, cell);
        }
        if (count > 0 && cell >= COUNTED) {
            Color ink = strength > 0.85 ? Palette.PAPER : Palette.INK;
            canvas.centered(
                    text("%,d", count), Palette.TEXT, ink, x + cell / 2.0, y + cell / 2.0 + 4);
        }
    }
}
