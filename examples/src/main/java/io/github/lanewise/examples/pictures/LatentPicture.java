package io.github.lanewise.examples.pictures;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Draws images where an autoencoder puts them on a plane, coloured by their class, and beside it
 * some of them as they were and as they were made again.
 */
public final class LatentPicture {

    private static final int SIDE = 560;
    private static final int MARGIN = 24;
    private static final int HEAD = 64;
    private static final int CELL = 52;
    private static final int DOT = 5;
    private static final int MOST_DOTS = 4_000;
    private static final int MOST_CLASSES = 10;

    private static final Color[] COLOURS = {
        new Color(0x2268b2), new Color(0xe0701a), new Color(0x2a9d4e), new Color(0xc23b3b),
        new Color(0x8057c2), new Color(0x8c5a3c), new Color(0xd667ae), new Color(0x6b7785),
        new Color(0xb5a81e), new Color(0x20a5b5)
    };

    private LatentPicture() {}

    /**
     * Draws the picture.
     *
     * @param digits the images
     * @param latent x and y of each
     * @param made each image again, in any units
     * @param file the PNG to write
     */
    public static void save(DigitSet digits, Matrix latent, Matrix made, Path file)
            throws IOException {
        int classes = Math.min(digits.classes(), MOST_CLASSES);
        int height = HEAD + Math.max(SIDE, classes * CELL) + 2 * MARGIN;
        Canvas canvas = new Canvas(SIDE + 3 * CELL + 4 * MARGIN, height);
        canvas.text("Where two numbers put each digit", Palette.TITLE, Palette.INK, MARGIN, 30);
        canvas.text(
                "colours are labels, which it never saw; beside it, digits and what it made of"
                        + " them",
                Palette.TEXT,
                Palette.MUTED,
                MARGIN,
                49);
        dots(canvas.graphics(), digits, latent);
        for (int label = 0; label < classes; label++) {
            row(canvas, digits, made, label);
        }
        canvas.save(file);
    }

    private static void dots(Graphics2D g, DigitSet digits, Matrix latent) {
        double[] x = range(latent, 0);
        double[] y = range(latent, 1);
        g.setColor(Palette.GRID);
        g.drawRect(MARGIN, HEAD, SIDE, SIDE);
        for (int i = 0; i < Math.min(latent.rows(), MOST_DOTS); i++) {
            double u = (latent.at(i, 0) - x[0]) / (x[1] - x[0]);
            double v = (latent.at(i, 1) - y[0]) / (y[1] - y[0]);
            if (u >= 0 && u <= 1 && v >= 0 && v <= 1) {
                g.setColor(colour(digits.labels()[i]));
                double left = MARGIN + u * (SIDE - DOT);
                g.fill(new Ellipse2D.Double(left, HEAD + (1 - v) * (SIDE - DOT), DOT, DOT));
            }
        }
    }

    /** Returns where all but the outermost hundredths of a coordinate lie. */
    private static double[] range(Matrix latent, int column) {
        double[] sorted =
                IntStream.range(0, latent.rows()).mapToDouble(i -> latent.at(i, column)).toArray();
        Arrays.sort(sorted);
        int outside = sorted.length / 100;
        double low = sorted[outside];
        double high = sorted[sorted.length - 1 - outside];
        double room = high > low ? (high - low) / 20 : 1;
        return new double[] {low - room, high + room};
    }

    private static Color colour(int label) {
        return COLOURS[label % COLOURS.length];
    }

    /** The first image of a class, before and after. */
    private static void row(Canvas canvas, DigitSet digits, Matrix made, int label) {
        int found = -1;
        for (int i = 0; i < digits.count() && found < 0; i++) {
            found = digits.labels()[i] == label ? i : -1;
        }
        if (found < 0) {
            return;
        }
        int number = found;
        int left = SIDE + 2 * MARGIN;
        int top = HEAD + label * CELL;
        canvas.graphics().setColor(colour(label));
        canvas.graphics().fill(new Ellipse2D.Double(left, top + CELL / 2.0 - 6, 12, 12));
        canvas.text(
                Integer.toString(label),
                Palette.TEXT,
                Palette.INK,
                left + 18,
                top + CELL / 2.0 + 5);
        float[] before = new float[digits.features()];
        float[] after = new float[digits.features()];
        for (int i = 0; i < before.length; i++) {
            before[i] = digits.pixel(number, i / digits.cols(), i % digits.cols());
            after[i] = made.at(number, i);
        }
        int side = CELL - 6;
        int first = left + 36;
        Graphics2D g = canvas.graphics();
        g.drawImage(image(before, digits), first, top, side, side, null);
        g.drawImage(image(after, digits), first + CELL + 6, top, side, side, null);
    }

    /** Dark ink on white paper, from the least pixel to the greatest. */
    private static BufferedImage image(float[] pixels, DigitSet digits) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float pixel : pixels) {
            least = Math.min(least, pixel);
            most = Math.max(most, pixel);
        }
        double range = most > least ? (double) most - least : 1;
        BufferedImage image =
                new BufferedImage(digits.cols(), digits.rows(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.length; i++) {
            Color grey = Palette.mix(Palette.PAPER, Palette.INK, (pixels[i] - least) / range);
            image.setRGB(i % digits.cols(), i / digits.cols(), grey.getRGB());
        }
        return image;
    }
}
