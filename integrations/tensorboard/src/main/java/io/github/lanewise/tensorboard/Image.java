package io.github.lanewise.tensorboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture in the form in which event files hold it, which is PNG. */
final class Image {

    // Fields of Summary.Image.
    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;
    private static final int COLORSPACE = 3;
    private static final int ENCODED = 4;

    private static final int BRIGHTEST = 255;
    private static final int BYTE = 8;

    private Image() {}

    static Message message(BufferedImage image) {
        return new Message()
                .number(HEIGHT, (long) image.getHeight())
                .number(WIDTH, (long) image.getWidth())
                .number(COLORSPACE, (long) image.getColorModel().getNumComponents())
                .bytes(ENCODED, png(image));
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * Makes a picture of planes of numbers from 0 (dark) to 1 (bright); what lies outside is cut.
     */
    static BufferedImage of(float[] pixels, int channels, int height, int width) {
        boolean known = channels == 1 || channels == 3;
        if (!known || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "addImage: channels x height x width is %sx%sx%s; give 1 (grey) or 3 (red, green, blue) channels, and 1 or more of the others"
                            .formatted(channels, height, width));
        }
        if (pixels.length != (long) channels * height * width) {
            throw new IllegalArgumentException(
                    "addImage: %s pixels for %sx%sx%s; give %s"
                            .formatted(
                                    pixels.length,
                                    channels,
                                    height,
                                    width,
                                    (long) channels * height * width));
        }
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        int plane = height * width;
        for (int i = 0; i < plane; i++) {
            if (channels == 1) {
                image.getRaster().setSample(i % width, i / width, 0, level(pixels[i]));
            } else {
                int red = level(pixels[i]);
                int green = level(pixels[plane + i]);
                int blue = level(pixels[2 * plane + i]);
                image.setRGB(i % width, i / width, (red << BYTE | green) << BYTE | blue);
            }
        }
        return image;
    }

    /** Cuts off the fraction, as PyTorch does; NaN is dark. */
    private static int level(float value) {
        return (int) Math.clamp(value * BRIGHTEST, 0, BRIGHTEST);
    }
}
