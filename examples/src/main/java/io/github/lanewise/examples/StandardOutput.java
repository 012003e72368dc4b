package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The standard output, which remembers that it was lost: a reader that went away or a full disk.
 * Java's own says nothing of it.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final PrintWriter writer =
            new PrintWriter(new OutputStreamWriter(this, charset(System.out.charset())), true);
    private IOException failure;

    /**
     * Returns UTF-8 for ASCII, which a system without a locale says: plain text is the same, and
     * all else is better than question marks.
     */
    static Charset charset(Charset ofSystem) {
        return ofSystem.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : ofSystem;
    }

    /** Returns a writer that never throws, as commands want it. */
    PrintWriter writer() {
        return writer;
    }

    /**
     * Writes what is left.
     *
     * @throws BadInput if any output was lost
     */
    void check() {
        writer.flush();
        if (failure != null) {
            throw new BadInput(text("standard output: cannot be written: %s", Reason.of(failure)));
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** After a loss nothing more is tried, so that no part is missing from the middle. */
    @Override
    public void write(byte[] bytes, int from, int count) {
        if (failure == null) {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                failure = e;
            }
        }
    }
}
