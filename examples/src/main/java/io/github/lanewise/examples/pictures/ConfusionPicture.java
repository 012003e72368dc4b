package io.github.lanewise.examples.pictures;

import io.github.lanewise.nn.metrics.ConfusionMatrix;

import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Draws a confusion matrix: what is right in blue, what is wrong in orange, the rarer the paler.
 */
public final class ConfusionPicture {

    private static final int CELL = 48;
    private static final int LEFT = 64;
    private static final int TOP = 92;
    private static final int MARGIN = 24;
    // Mistakes are so much rarer that on the scale of the right answers all would look alike.
    private static final double MISTAKE_SCALE = 0.02;

    private ConfusionPicture() {}

    /** Draws the picture into a PNG file. */
    public static void save(ConfusionMatrix matrix, Path file) throws IOException {
        int classes = matrix.classes();
        int side = classes * CELL;
        Canvas canvas = new Canvas(LEFT + side + MARGIN, TOP + side + MARGIN);
        canvas.text("What each digit was read as", Palette.TITLE, Palette.INK, MARGIN, 30);
        canvas.text(
                String.format(
                        Locale.ROOT,
                        "%.2f %% of %,d test digits are right",
                        100 * matrix.accuracy(),
                        matrix.total()),
                Palette.TEXT,
                Palette.MUTED,
                MARGIN,
                49);
        canvas.centred("read as", Palette.SMALL, Palette.MUTED, LEFT + side / 2.0, TOP - 22);
        canvas.text("is", Palette.SMALL, Palette.MUTED, MARGIN, TOP + side / 2.0 + 4);
        for (int label = 0; label < classes; label++) {
            double middle = (label + 0.5) * CELL;
            String name = Integer.toString(label);
            canvas.centred(name, Palette.TEXT, Palette.INK, LEFT + middle, TOP - 7);
            canvas.centred(name, Palette.TEXT, Palette.INK, LEFT - 14, TOP + middle + 4);
            for (int predicted = 0; predicted < classes; predicted++) {
                cell(canvas, matrix, label, predicted);
            }
        }
        canvas.save(file);
    }

    private static void cell(Canvas canvas, ConfusionMatrix matrix, int label, int predicted) {
        int count = matrix.count(label, predicted);
        double share = count / (double) Math.max(1, matrix.labelled(label));
        boolean right = label == predicted;
        double strength = right ? share * share : Math.min(1, Math.sqrt(share / MISTAKE_SCALE));
        Color full = right ? Palette.BLUE : Palette.ORANGE;
        int x = LEFT + predicted * CELL;
        int y = TOP + label * CELL;
        Graphics2D g = canvas.graphics();
        g.setColor(Palette.mix(Palette.PAPER, full, count == 0 ? 0 : 0.06 + 0.84 * strength));
        g.fillRect(x, y, CELL, CELL);
        g.setColor(Palette.GRID);
        g.drawRect(x, y, CELL, CELL);
        if (count > 0) {
            Color ink = strength > 0.85 ? Palette.PAPER : Palette.INK;
            String text = String.format(Locale.ROOT, "%,d", count);
            canvas.centred(text, Palette.TEXT, ink, x + CELL / 2.0, y + CELL / 2.0 + 4);
        }
    }
}
