package io.github.lanewise.examples.pictures;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The letters of this system: many a container has none, and Java tells it in strange ways. */
public final class Fonts {

    /** Says that this system cannot draw letters; all else works. */
    public static final class Missing extends Exception {

        private static final long serialVersionUID = 1;

        private Missing(Throwable cause) {
            super(
                    "this system has no fonts; install fontconfig and a font, for example"
                            + " fonts-dejavu-core",
                    cause);
        }
    }

    private Fonts() {}

    /**
     * Measures a letter. Call it on one thread before any other uses fonts: without fonts, of two
     * first users one gets an error of its own.
     *
     * @throws Missing if that fails, for whatever reason
     */
    public static void check() throws Missing {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                    .getStringBounds("0", new FontRenderContext(null, true, true));
        } catch (RuntimeException | Error e) {
            // Without fonts, or without Java's own libraries for them, this is a bare Error, an
            // InternalError, a NullPointerException, an UnsatisfiedLinkError or yet another.
            throw new Missing(e);
        }
    }
}
