package io.github.lanewise.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.tensorboard.EventReader.Event;
import io.github.lanewise.tensorboard.EventReader.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class SummaryWriterTest {

    @TempDir private Path folder;

    @Test
    void whatWasAddedIsThereAtOnce() throws IOException {
        try (SummaryWriter writer = new SummaryWriter(folder.resolve("a/b"))) {
            assertEquals(1, EventReader.read(writer.file()).size());
            writer.addScalar("x", 1, 0);
            assertEquals(2, EventReader.read(writer.file()).size());
        }
    }

    /** A training is ended by an interruption; what it says last is to be seen. */
    @Test
    void anInterruptedThreadStillWrites() throws IOException {
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            Thread.currentThread().interrupt();
            writer.addScalar("x", 1, 0);
            writer.flush();
            assertTrue(Thread.interrupted());
            writer.addScalar("x", 2, 1);
            assertEquals(3, EventReader.read(writer.file()).size());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void eventsHaveTheTimeOfTheClock() throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.25Z"));
        try (SummaryWriter writer = new SummaryWriter(folder, clock)) {
            writer.addScalar("x", 1, 0);
            double expected = clock.instant().getEpochSecond() + 0.25;
            for (Event event : EventReader.read(writer.file())) {
                assertEquals(expected, event.fields().value(1));
            }
        }
    }

    @Test
    void writersOfOneFolderAndSecondHaveFilesOfTheirOwn() throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        try (SummaryWriter first = new SummaryWriter(folder, clock);
                SummaryWriter second = new SummaryWriter(folder, clock)) {
            assertNotEquals(first.file(), second.file());
            assertEquals(List.of(first.file(), second.file()), EventReader.files(folder));
        }
    }

    @Test
    void histogramLeavesOutWhatIsNotFinite() throws IOException {
        float[] values = {1, Float.NaN, Float.POSITIVE_INFINITY, 3};
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            writer.addHistogram("some", values, 0);
            writer.addHistogram("none", new float[] {Float.NaN}, 0);
        }
        assertEquals(List.of("some"), EventReader.tags(folder));
        Fields histogram = EventReader.summaries(folder).getFirst().value().message(5);
        assertEquals(2.0, histogram.value(3));
        assertEquals(4.0, histogram.value(4));
        assertEquals(10.0, histogram.value(5));
        assertEquals(2.0, Arrays.stream(histogram.doubles(7)).sum());
    }

    @Test
    void histogramHasABucketForEachFiniteNumber() throws IOException {
        float[] values = {-Float.MAX_VALUE, -1e-12f, 1e20f, Float.MAX_VALUE};
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            writer.addHistogram("wide", values, 0);
        }
        Fields histogram = EventReader.summaries(folder).getFirst().value().message(5);
        double[] counts = histogram.doubles(7);
        assertEquals(histogram.doubles(6).length, counts.length);
        assertEquals(1, counts[0]);
        assertEquals(2, counts[counts.length - 1]);
        assertEquals(4, Arrays.stream(counts).sum());
    }

    @Test
    void histogramOfAMatrixSeesItsWindowAlone() throws IOException {
        float[] data = {9, 1, 2, 9, 9, 3, 4, 9};
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            writer.addHistogram("window", new Matrix(data, 1, 2, 2, 4), 0);
        }
        Fields histogram = EventReader.summaries(folder).getFirst().value().message(5);
        assertEquals(1.0, histogram.value(1));
        assertEquals(4.0, histogram.value(2));
    }

    @Test
    void hyperparametersKeepTheirTypes() throws IOException {
        try (SummaryWriter writer = new SummaryWriter(folder)) {
            writer.addHparams(
                    Map.of("rate", 0.1f, "fast", true, "rule", "sgd"), Map.of("accuracy", 0.5));
        }
        assertEquals(
                List.of("_hparams_/session_start_info", "accuracy", "_hparams_/session_end_info"),
                EventReader.tags(folder));
        Fields metadata = EventReader.summaries(folder).getFirst().value().message(9).message(1);
        assertEquals("hparams", metadata.text(1));
        Fields start = metadata.message(2).message(3);
        for (Object entry : start.values().get(1)) {
            Fields hparam = Fields.of((byte[]) entry);
            switch (hparam.text(1)) {
                case "rate" -> assertEquals(0.1, hparam.message(2).value(2));
                case "fast" -> assertEquals(1L, hparam.message(2).value(4));
                default -> assertEquals("sgd", hparam.message(2).text(3));
            }
        }
        assertEquals(3, start.values().get(1).size());
    }

    @Test
    void mistakesAreNamed() throws IOException {
        SummaryWriter writer = new SummaryWriter(folder);
        assertMessage("tag is empty", () -> writer.addScalar(" ", 1, 0));
        assertMessage("tag is empty", () -> writer.addText("", "text", 0));
        assertMessage("2x1x1", () -> writer.addImage("x", new float[2], 2, 1, 1, 0));
        assertMessage("give 4", () -> writer.addImage("x", new float[3], 1, 2, 2, 0));
        assertMessage(
                "rate is a class java.lang.Object",
                () -> writer.addHparams(Map.of("rate", new Object()), Map.of()));
        assertEquals(1, EventReader.read(writer.file()).size());
        writer.close();
        writer.close();
        IllegalStateException closed =
                assertThrows(IllegalStateException.class, () -> writer.addScalar("x", 1, 0));
        assertTrue(closed.getMessage().contains("is closed"), closed.getMessage());
    }

    private static void assertMessage(String part, Runnable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        UncheckedIOException e =
                assertThrows(UncheckedIOException.class, () -> new SummaryWriter(file));
        assertTrue(e.getCause().getMessage().contains(file.toString()), e.getMessage());
        assertFalse(Files.isDirectory(file));
    }
}
