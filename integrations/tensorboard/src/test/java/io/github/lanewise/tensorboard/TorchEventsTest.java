package io.github.lanewise.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.tensorboard.EventReader.Event;
import io.github.lanewise.tensorboard.EventReader.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

/** What PyTorch's SummaryWriter writes of the same values: see make_torch_events.py. */
final class TorchEventsTest {

    private static List<Event> torch() throws IOException {
        try (InputStream in = TorchEventsTest.class.getResourceAsStream("torch.tfevents")) {
            return EventReader.read(in.readAllBytes());
        }
    }

    private static List<Event> ours(Path folder) throws IOException {
        float[] spread = new float[1000];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (float) ((i * 37 % 101 - 50) / 7.0);
        }
        float[] colours = new float[24];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = (float) (i / 23.0);
        }
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            writer.addScalar("loss/train", 0.1, 1)
                    .addScalar("loss/train", -2.5e-8, 2)
                    .addScalar("large step", 1e30, 5_000_000_000L)
                    .addHistogram("spread", spread, 3)
                    .addHistogram("zeros", new float[5], 4)
                    .addHistogram("tiny", new float[] {-1e-30f, 1e-13f, 1e-12f, -3e-12f, 0, -0f}, 4)
                    .addImage("colours", colours, 3, 2, 4, 6)
                    .addText("note", "**bold**, ünïcode", 7);
            return EventReader.read(writer.file());
        }
    }

    @Test
    void sameEventsAsPyTorch(@TempDir Path folder) throws IOException {
        List<Event> expected = torch();
        List<Event> found = ours(folder);
        assertEquals(expected.size(), found.size());
        for (int i = 1; i < expected.size(); i++) {
            Event event = expected.get(i);
            assertEquals(event.tag(), found.get(i).tag());
            assertEquals(event.step(), found.get(i).step(), event.tag());
            assertSame(event.tag(), event.value(), found.get(i).value());
        }
    }

    private static void assertSame(String tag, Fields expected, Fields found) throws IOException {
        assertEquals(
                expected.values().keySet().stream().sorted().toList(),
                found.values().keySet().stream().sorted().toList(),
                tag);
        if (expected.has(2)) {
            assertEquals(expected.value(2), found.value(2), tag);
        } else if (expected.has(4)) {
            assertSameImage(expected.message(4), found.message(4));
        } else if (expected.has(5)) {
            assertSameHistogram(tag, expected.message(5), found.message(5));
        } else {
            assertArrayEquals((byte[]) expected.value(8), (byte[]) found.value(8), tag);
            assertArrayEquals((byte[]) expected.value(9), (byte[]) found.value(9), tag);
        }
    }

    private static void assertSameImage(Fields expected, Fields found) throws IOException {
        for (int field = 1; field <= 3; field++) {
            assertEquals(expected.value(field), found.value(field), "field " + field);
        }
        BufferedImage picture = decoded(expected);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                assertEquals(picture.getRGB(x, y), decoded(found).getRGB(x, y), x + ", " + y);
            }
        }
    }

    private static BufferedImage decoded(Fields image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream((byte[]) image.value(4)));
    }

    /** PyTorch adds up in 32 bits, so sums agree only so far. */
    private static void assertSameHistogram(String tag, Fields expected, Fields found) {
        for (int field = 1; field <= 3; field++) {
            assertEquals(number(expected, field), number(found, field), tag + ", field " + field);
        }
        for (int field = 4; field <= 5; field++) {
            double sum = number(expected, field);
            double bound = 1e-5 * Math.max(Math.abs(sum), number(expected, 3));
            if (Double.isFinite(sum)) {
                assertEquals(sum, number(found, field), bound, tag + ", field " + field);
            }
        }
        assertEquals(
                EventReader.show(expected.doubles(6)), EventReader.show(found.doubles(6)), tag);
        assertEquals(
                EventReader.show(expected.doubles(7)), EventReader.show(found.doubles(7)), tag);
    }

    /** A field of the value 0 is left out. */
    private static double number(Fields fields, int field) {
        return fields.has(field) ? (double) fields.value(field) : 0;
    }
}
