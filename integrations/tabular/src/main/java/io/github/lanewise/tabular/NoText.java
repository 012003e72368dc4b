package io.github.lanewise.tabular;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells files that are no text by their first bytes, before a column of nonsense is read. */
final class NoText {

    /** Where one character in so many is NUL, every other byte is, as in UTF-16 without a mark. */
    private static final int FEW = 4;

    private NoText() {}

    /**
     * Refuses what is no text.
     *
     * @param name of the file
     * @param start its first bytes
     * @param text the same as text, without a mark
     * @param charset of the text
     */
    static void refuse(String name, byte[] start, String text, Charset charset) throws IOException {
        String magic = new String(start, 0, Math.min(4, start.length), StandardCharsets.ISO_8859_1);
        String found = null;
        if (magic.startsWith("\u001f\u008b")) {
            found = "is packed by gzip; unpack it";
        } else if (magic.equals("PK\u0003\u0004")) {
            found = "is a zip file, as Excel's are; save the sheet as CSV";
        } else if (magic.equals("PAR1")) {
            found = "is a Parquet file; write it as CSV";
        } else if (text.chars().filter(c -> c == 0).count() * FEW > text.length()) {
            found =
                    String.format(
                            Locale.ROOT,
                            "holds NUL characters: it is no %s; name its encoding, for example"
                                    + " --encoding UTF-16LE",
                            charset);
        }
        if (found != null) {
            throw new IOException(String.format(Locale.ROOT, "csv: %s %s", name, found));
        }
    }
}
