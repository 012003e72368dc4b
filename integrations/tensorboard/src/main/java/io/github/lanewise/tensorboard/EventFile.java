package io.github.lanewise.tensorboard;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A file of events, each a record as in TFRecord files: its length (8 bytes, little-endian), the
 * checksum of the length (4 bytes), the event, the checksum of the event (4 bytes).
 *
 * <p>A record is written at once and whole, so whoever watches the file sees all that was added,
 * and a program that is killed leaves a file that can be read. An interrupted thread writes, too: a
 * channel would be closed by it.
 */
final class EventFile implements Closeable {

    // Fields of Event.
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;

    private static final String VERSION = "brain.Event:2";
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;
    private static final double NANOS = 1e-9;

    private final Path path;
    private final InstantSource clock;
    private final FileOutputStream out;
    private boolean open = true;

    /** Makes a new file in a folder, and the folder. */
    EventFile(Path folder, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        this.clock = clock;
        Path made = null;
        for (int i = 0; made == null; i++) {
            try {
                made = Files.createFile(folder.resolve(name(clock.instant(), i)));
            } catch (FileAlreadyExistsException e) {
                // Another one of this second and process has it: the next number.
                continue;
            }
        }
        path = made;
        out = new FileOutputStream(made.toFile());
        record(new Message().number(WALL_TIME, seconds()).text(FILE_VERSION, VERSION));
    }

    /** TensorBoard reads files of such names alone, and a folder's in the order of their names. */
    private static String name(Instant now, int number) {
        return String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.%s.%d.%d",
                now.getEpochSecond(),
                host(),
                ProcessHandle.current().pid(),
                number);
    }

    /** Returns the name of this machine as the environment has it; to look it up may take long. */
    private static String host() {
        String name = System.getenv("HOSTNAME");
        name = name == null ? System.getenv("COMPUTERNAME") : name;
        return name == null || name.isBlank() ? "localhost" : name.replaceAll("[^\\w.-]", "_");
    }

    Path path() {
        return path;
    }

    double seconds() {
        Instant now = clock.instant();
        return now.getEpochSecond() + now.getNano() * NANOS;
    }

    /** Adds an event of the present time. */
    void add(long step, int field, Message what) throws IOException {
        Message event = new Message().number(WALL_TIME, seconds()).number(STEP, step);
        record(event.message(field, what));
    }

    private void record(Message event) throws IOException {
        byte[] data = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(HEAD + data.length + Integer.BYTES);
        record.order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
        record.putInt(maskedChecksum(record.array(), 0, Long.BYTES));
        record.put(data).putInt(maskedChecksum(data, 0, data.length));
        out.write(record.array());
    }

    /** Returns CRC-32C, rotated and shifted: a checksum of what holds checksums would be weak. */
    static int maskedChecksum(byte[] data, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(data, from, length);
        return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
    }

    boolean isOpen() {
        return open;
    }

    /** Waits until all is on the disk. */
    void flush() throws IOException {
        out.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        open = false;
        out.close();
    }
}
