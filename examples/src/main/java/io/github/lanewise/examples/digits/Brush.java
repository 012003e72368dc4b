package io.github.lanewise.examples.digits;

import java.util.Arrays;

/** Draws lines with a round brush and soft edges onto a square of grey pixels. */
final class Brush {

    private final int size;
    private final float[] ink;

    /** Makes a blank square with so many pixels on each side. */
    Brush(int size) {
        this.size = size;
        this.ink = new float[size * size];
    }

    /** Wipes the square. */
    void clear() {
        Arrays.fill(ink, 0f);
    }

    /** Draws a line between two points, given in pixels; radius is half the line's width. */
    void line(float x0, float y0, float x1, float y1, float radius) {
        float dx = x1 - x0;
        float dy = y1 - y0;
        float squared = Math.max(dx * dx + dy * dy, 1e-6f);
        int left = clip((int) (Math.min(x0, x1) - radius - 1));
        int right = clip((int) (Math.max(x0, x1) + radius + 1));
        int top = clip((int) (Math.min(y0, y1) - radius - 1));
        int bottom = clip((int) (Math.max(y0, y1) + radius + 1));
        for (int row = top; row <= bottom; row++) {
            for (int col = left; col <= right; col++) {
                float px = col + 0.5f - x0;
                float py = row + 0.5f - y0;
                float along = Math.clamp((px * dx + py * dy) / squared, 0f, 1f);
                float ex = px - along * dx;
                float ey = py - along * dy;
                float distance = (float) Math.sqrt(ex * ex + ey * ey);
                float value = Math.clamp(radius + 0.5f - distance, 0f, 1f);
                ink[row * size + col] = Math.max(ink[row * size + col], value);
            }
        }
    }

    /** Returns the ink at a pixel, 0 to 1. */
    float ink(int pixel) {
        return ink[pixel];
    }

    private int clip(int place) {
        return Math.clamp(place, 0, size - 1);
    }
}
