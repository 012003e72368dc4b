package io.github.lanewise.tabular;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Tells files that are no text by their first bytes, before a column of nonsense is read. */
final class NoText {

    /** Where one character in so many is NUL, it is no text. */
    private static final int FEW = 4;

    /** Some letters, such as the Chinese one, have a NUL on the other side of UTF-16. */
    private static final int MANY_TIMES = 2;

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
        } else if (!charset.name().matches("UTF-(16|32).*") && utf16(start) != null) {
            found =
                    Message.of(
                            "is no %s but %s without a byte order mark; give --encoding %2$s",
                            charset, utf16(start));
        } else if (text.chars().filter(c -> c == 0).count() * FEW > text.length()) {
            found =
                    Message.of(
                            "holds NUL characters: it is no %s; name its encoding with --encoding",
                            charset);
        }
        if (found != null) {
            throw new IOException(Message.of("csv: %s %s", name, found));
        }
    }

    /**
     * Returns UTF-16 of the order in which the bytes are: NULs on one side of the units, as of all
     * separators and digits, and line ends; null if they are no UTF-16.
     */
    private static Charset utf16(byte[] start) {
        int[] nuls = new int[2];
        int[] lines = new int[2];
        for (int i = 0; i + 1 < start.length; i += 2) {
            nuls[0] += start[i] == 0 ? 1 : 0;
            nuls[1] += start[i + 1] == 0 ? 1 : 0;
            lines[0] += start[i] == 0 && start[i + 1] == '\n' ? 1 : 0;
            lines[1] += start[i] == '\n' && start[i + 1] == 0 ? 1 : 0;
        }
        int side = nuls[0] > nuls[1] ? 0 : 1;
        return lines[side] > 0 && nuls[side] > MANY_TIMES * nuls[1 - side]
                ? side == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE
                : null;
    }
}
