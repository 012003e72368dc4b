package io.github.lanewise.examples.pictures;

import io.github.lanewise.nn.file.AtomicFile;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/**
 * A white sheet that becomes a PNG file, drawn at twice the size so that it is sharp everywhere.
 */
final class Canvas {

    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D graphics;

    /** Makes a blank sheet. */
    Canvas(int width, int height) {
        image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Palette.PAPER);
        graphics.fillRect(0, 0, width, height);
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** Writes text that begins at x, its letters standing on y. */
    void text(String text, Font font, Color colour, double x, double y) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, (float) x, (float) y);
    }

    /** Writes text round the middle x, its letters standing on y. */
    void centered(String text, Font font, Color colour, double x, double y) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        text(text, font, colour, x - metrics.stringWidth(text) / 2.0, y);
    }

    /** Writes the PNG file, whole or not at all. */
    void save(Path file) throws IOException {
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        ImageIO.write(image, "png", bytes);
        AtomicFile.write(file, bytes.toByteArray());
    }
}
