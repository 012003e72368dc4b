package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClassificationReportTest {

    @Test
    void tableIsLaidOutAsScikitLearnDoes() {
        ClassificationReport report =
                ClassificationReport.of(new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1});
        assertEquals(
                """
                              precision    recall  f1-score   support

                     class 0       0.50      1.00      0.67         1
                     class 1       0.00      0.00      0.00         1
                     class 2       1.00      0.67      0.80         3

                    accuracy                           0.60         5
                   macro avg       0.50      0.56      0.49         5
                weighted avg       0.70      0.60      0.61         5
                """,
                report.named("class 0", "class 1", "class 2").toString());
    }

    @Test
    void classesThatDoNotOccurAreLeftOutAndHalvesGoToEven() {
        // precision of 3 is 1 / 8
        ClassificationReport report =
                ClassificationReport.of(
                        new int[] {1, 1, 1, 1, 1, 1, 1, 3}, new int[] {3, 3, 3, 3, 3, 3, 3, 3});
        assertEquals(
                """
                              precision    recall  f1-score   support

                           1       0.00      0.00      0.00         7
                           3       0.12      1.00      0.22         1

                    accuracy                           0.12         8
                   macro avg       0.06      0.50      0.11         8
                weighted avg       0.02      0.12      0.03         8
                """,
                report.toString());
    }

    @Test
    void longNameWidensItsColumn() {
        ClassificationReport report = ClassificationReport.of(new int[] {0}, new int[] {0});
        String[] lines = report.named("quite a long name").toString().split("\n");
        assertEquals("quite a long name       1.00      1.00      1.00         1", lines[2]);
        assertEquals("         accuracy                           1.00         1", lines[4]);
    }

    @Test
    void tooFewNamesAreRefused() {
        ClassificationReport report = ClassificationReport.of(new int[] {0, 1}, new int[] {0, 1});
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> report.named("one"));
        assertEquals("ClassificationReport: 1 names for 2 classes; each needs one", e.getMessage());
    }
}
