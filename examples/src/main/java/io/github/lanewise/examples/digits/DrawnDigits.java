package io.github.lanewise.examples.digits;

import io.github.lanewise.nn.init.RandomStream;

import java.util.List;

/**
 * Draws digits for those who have no MNIST at hand: each with a slant, size, pen and tremble of its
 * own, and a little noise.
 *
 * <p>The same seed draws the same pixels on every machine.
 */
public final class DrawnDigits {

    private static final int TRAIN = 12_000;
    private static final int TEST = 2_000;
    private static final int SIZE = 28;
    private static final float BOX = 20;
    private static final double MOST_DEGREES = 14;

    private final RandomStream random;
    private final Brush brush = new Brush(SIZE);

    private DrawnDigits(long seed) {
        random = new RandomStream(seed).stream("digits");
    }

    /** Draws a set to train on and another to test on. */
    public static Digits draw(long seed) {
        DrawnDigits artist = new DrawnDigits(seed);
        return new Digits(Digits.EMBEDDED, artist.set(TRAIN), artist.set(TEST));
    }

    private DigitSet set(int count) {
        byte[] pixels = new byte[count * SIZE * SIZE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(DigitSet.DIGITS);
            drawOne(labels[i]);
            develop(pixels, i * SIZE * SIZE);
        }
        return new DigitSet(new Pixels.Bytes(pixels), labels, SIZE, SIZE, DigitSet.DIGITS);
    }

    private void drawOne(int digit) {
        brush.clear();
        List<Glyph> ways = Glyph.of(digit);
        Glyph glyph = ways.get(random.nextInt(ways.size()));
        float[] place = placement();
        float radius = between(0.7f, 1.7f);
        for (float[] stroke : glyph.strokes) {
            float lastX = 0;
            float lastY = 0;
            for (int i = 0; i < stroke.length; i += 2) {
                float u = stroke[i] - 0.5f + between(-0.04f, 0.04f);
                float v = stroke[i + 1] - 0.5f + between(-0.04f, 0.04f);
                float x = place[0] * u + place[1] * v + place[4];
                float y = place[2] * u + place[3] * v + place[5];
                if (i > 0) {
                    brush.line(lastX, lastY, x, y, radius);
                }
                lastX = x;
                lastY = y;
            }
        }
    }

    /** Returns a matrix by rows and a shift: where a point round the origin goes on the paper. */
    private float[] placement() {
        double angle = StrictMath.toRadians(between(-1f, 1f) * MOST_DEGREES);
        float cos = (float) StrictMath.cos(angle);
        float sin = (float) StrictMath.sin(angle);
        float width = BOX * between(0.75f, 1.15f);
        float height = BOX * between(0.85f, 1.15f);
        float slant = between(-0.3f, 0.15f);
        return new float[] {
            cos * width,
            (cos * slant - sin) * height,
            sin * width,
            (sin * slant + cos) * height,
            SIZE / 2f + between(-2f, 2f),
            SIZE / 2f + between(-2f, 2f)
        };
    }

    private void develop(byte[] pixels, int offset) {
        float strength = between(190f, 255f);
        float grain = between(0f, 45f);
        for (int i = 0; i < SIZE * SIZE; i++) {
            float value = brush.ink(i) * strength;
            if (value > 0) {
                value += between(-grain, grain);
            }
            pixels[offset + i] = (byte) Math.clamp((int) value, 0, 255);
        }
        for (int specks = random.nextInt(12); specks > 0; specks--) {
            int pixel = offset + random.nextInt(SIZE * SIZE);
            pixels[pixel] = (byte) Math.max(pixels[pixel] & 0xff, random.nextInt(160));
        }
    }

    private float between(float low, float high) {
        return random.uniform(low, high);
    }
}
