package io.github.lanewise.onnx;

import com.google.protobuf.CodedInputStream;

import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Printable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads and writes ONNX files as records, whatever operators they use.
 *
 * <p>A file is data: nothing in it is run, no file outside its folder is read, and it gets no
 * memory that its size does not justify.
 */
public final class OnnxFile {

    private static final int LONGEST_MESSAGE = 400;

    private OnnxFile() {}

    /**
     * Reads a file, and the files in its folder where its arrays lie.
     *
     * @throws FormatException if it is no ONNX model, damaged or cut short
     */
    public static OnnxModel read(Path file) throws IOException {
        check(file);
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "onnx: %s: %,d bytes; the format takes at most %,d",
                            file,
                            size,
                            Integer.MAX_VALUE));
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            CodedInputStream in = CodedInputStream.newInstance(stream);
            in.setSizeLimit(Integer.MAX_VALUE);
            in.pushLimit((int) size);
            return new OnnxReader(new ProtoInput(in), new ExternalData(file)).model();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new FormatException(
                    "onnx: %s: expected an ONNX model, found a file that is cut short, altered or of another kind (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        } catch (FormatException | IllegalArgumentException e) {
            throw broken(file, e);
        }
    }

    /** Names the file, and shows what a message has from it in a line of bounded length. */
    static FormatException broken(Path file, Exception e) {
        String message = Printable.of(String.valueOf(e.getMessage()), LONGEST_MESSAGE);
        return new FormatException("onnx: %s: %s".formatted(file, message), e);
    }

    private static void check(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new FormatException("onnx: %s is no regular file; expected one".formatted(file));
        }
    }

    /**
     * Writes a file, in one step: nobody sees half of it.
     *
     * @throws IllegalArgumentException if the model takes more than the format's 2 GB, or holds an
     *     array or an attribute of a kind that is not read, and so cannot be written either
     */
    public static void write(OnnxModel model, Path file) throws IOException {
        AtomicFile.write(file, OnnxWriter.bytes(model));
    }
}
