package io.github.lanewise.tabular;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says where a file stops being a text of its encoding. */
final class InvalidBytes {

    private InvalidBytes() {}

    /** Returns the error that names line, offset and byte. */
    static IOException explain(String name, Path path, Charset charset, int mark) {
        CharsetDecoder decoder = charset.newDecoder();
        long offset = mark;
        long line = 1;
        try (InputStream in = Files.newInputStream(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(CsvFile.buffer(path));
            CharBuffer chars = CharBuffer.allocate(bytes.capacity());
            in.skipNBytes(mark);
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                int before = bytes.position();
                CoderResult result = decoder.decode(bytes, chars.clear(), end);
                offset += bytes.position() - before;
                for (char c : chars.flip().toString().toCharArray()) {
                    line += c == '\n' ? 1 : 0;
                }
                if (result.isError()) {
                    return new IOException(
                            Message.of(
                                    "csv: %s is no %s: byte 0x%02X at offset %d, line %d; name its"
                                            + " encoding, for example --encoding windows-1252",
                                    name, charset, bytes.get() & 0xFF, offset, line));
                }
                bytes.compact();
            }
        } catch (IOException e) {
            return e;
        }
        return new IOException(
                Message.of(
                        "csv: %s is no %s; name its encoding, for example --encoding windows-1252",
                        name, charset));
    }
}
