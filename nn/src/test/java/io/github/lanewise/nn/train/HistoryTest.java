package io.github.lanewise.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class HistoryTest {

    @Test
    void everyMeasureIsAColumnAndEveryEpochALine() {
        Evaluation first = new Evaluation(0.5, 0.75, 8);
        Evaluation second = new Evaluation(0.25, Double.NaN, 7);
        Optional<Evaluation> held = Optional.of(new Evaluation(1, 0.5, 2));
        History history =
                new History(
                        List.of(
                                new History.Epoch(first, 0.125, held),
                                new History.Epoch(second, 2, held)));
        assertEquals(
                """
                epoch,samples,seconds,loss,accuracy,val_loss,val_accuracy
                1,8,0.125,0.5,0.75,1.0,0.5
                2,7,2.0,0.25,NaN,1.0,0.5
                """,
                history.toCsv());
        assertEquals("", new History(List.of()).toCsv());
    }
}
