package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of UTF-8 text. */
final class TextFile {

    private static final long MOST_BYTES = 200_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * Reads a file, without a byte order mark, its lines ended by a line feed.
     *
     * @throws BadInput if it is no file, empty, too large or no UTF-8
     */
    static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new BadInput(text("%s: is a folder; name a text file", file));
        }
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw new BadInput(
                    text(
                            "%s: has %,d bytes; it must have at most %,d, give a part of it",
                            file, size, MOST_BYTES));
        }
        String text =
                Memory.need(
                        "text: " + file,
                        "file",
                        () -> decode(file, ByteBuffer.wrap(Files.readAllBytes(file))));
        if (text.isEmpty()) {
            throw new BadInput(text("%s: is empty; give a file with a text to learn from", file));
        }
        return text;
    }

    private static String decode(Path file, ByteBuffer bytes) {
        CharBuffer characters = CharBuffer.allocate(bytes.remaining());
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(bytes, characters, true);
        if (result.isError()) {
            throw new BadInput(
                    text(
                            "%s: is no UTF-8: byte %,d is 0x%02X, which begins no character there;"
                                    + " save it as UTF-8, or give another",
                            file, bytes.position() + 1, bytes.get(bytes.position())));
        }
        String text = characters.flip().toString();
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return plain.replace("\r\n", "\n");
    }
}
