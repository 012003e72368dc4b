package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.StepwiseSession;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Learns which letter comes next in a text, and writes on. */
class LanguageModelTest {

    private static final String ALPHABET = " .abdeghilnoprst";
    private static final String[] WHO = {"a bird", "the otter", "a beetle"};
    private static final String[] DOES = {"sings", "sleeps", "begins"};

    private static String text() {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder text = new StringBuilder();
        while (text.length() < 3000) {
            text.append(WHO[random.nextInt(3)]).append(' ');
            text.append(DOES[random.nextInt(3)]).append(". ");
        }
        return text.toString();
    }

    private static String program(String text) {
        int[] letters = text.chars().map(ALPHABET::indexOf).toArray();
        int[][] windows = new int[letters.length / 20 - 1][];
        int[][] next = new int[windows.length][];
        Arrays.setAll(windows, i -> Arrays.copyOfRange(letters, 20 * i, 20 * i + 20));
        Arrays.setAll(next, i -> Arrays.copyOfRange(letters, 20 * i + 1, 20 * i + 21));
        int count = ALPHABET.length();
        Sequential model =
                new Sequential(new Embedding(count, 16), new GRU(16, 48), new Linear(48, count));
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f))
                .metrics(Metrics::perplexity)
                .fit(Dataset.ofSequences(windows, Targets.steps(next)), 30, 16);
        StepwiseSession session = StepwiseSession.of(model, 200);
        float[] scores = new float[count];
        StringBuilder written = new StringBuilder(".");
        while (written.length() < 60) {
            char last = written.charAt(written.length() - 1);
            session.step(new float[] {ALPHABET.indexOf(last)}, scores);
            written.append(ALPHABET.charAt(ArgMax.of(scores, 0, count, 1)));
        }
        return written.toString();
    }

    @Test
    void whatIsWrittenIsMadeOfTheWordsOfTheText() {
        String written = program(text());
        String[] words = written.substring(1, written.lastIndexOf(' ')).replace(".", "").split(" ");
        String known = text().replace(".", "");
        for (String word : words) {
            assertTrue(known.contains(" " + word + " ") || word.isEmpty(), written);
        }
    }
}
