package io.github.lanewise.examples.pictures;

import java.awt.Color;
import java.awt.Font;

/**
 * The colours and letters of all pictures; the two strong colours differ for the colour-blind too.
 */
final class Palette {

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1f2933);
    static final Color MUTED = new Color(0x6b7785);
    static final Color GRID = new Color(0xe4e8ec);
    static final Color BLUE = new Color(0x2268b2);
    static final Color ORANGE = new Color(0xe0701a);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    private Palette() {}

    /** Mixes two colours: share 0 gives the first, 1 the second. */
    static Color mix(Color first, Color second, double share) {
        return new Color(
                between(first.getRed(), second.getRed(), share),
                between(first.getGreen(), second.getGreen(), share),
                between(first.getBlue(), second.getBlue(), share));
    }

    private static int between(int first, int second, double share) {
        return (int) Math.round(first + (second - first) * share);
    }
}
