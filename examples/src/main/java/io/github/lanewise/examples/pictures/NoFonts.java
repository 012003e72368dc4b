package io.github.lanewise.examples.pictures;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;

/** Says that this system cannot draw letters, as in many a container; all else works. */
public final class NoFonts extends IOException {

    private static final long serialVersionUID = 1;

    private NoFonts(Throwable cause) {
        super(
                "No pictures: this system has no fonts; install fontconfig and a font,"
                        + " for example fonts-dejavu-core",
                cause);
    }

    /** Tries to measure a letter. */
    static void check() throws NoFonts {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                    .getStringBounds("0", new FontRenderContext(null, true, true));
        } catch (RuntimeException | InternalError | LinkageError e) {
            // What Java throws without fonts differs from system to system, and none says so.
            throw new NoFonts(e);
        }
    }
}
