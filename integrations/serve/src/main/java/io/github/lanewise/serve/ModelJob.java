package io.github.lanewise.serve;

import java.util.List;

/** Computes the rows of one request, and tells metrics and Flight Recorder. */
final class ModelJob {

    private final ServedModel model;
    private final Limits limits;
    private final Metrics metrics;

    ModelJob(ServedModel model, Limits limits, Metrics metrics) {
        this.model = model;
        this.limits = limits;
        this.metrics = metrics;
    }

    ServedModel model() {
        return model;
    }

    int mostRows() {
        return limits.rows();
    }

    /** Refuses a request of too many rows. */
    void checkRows(long rows) {
        if (rows > limits.rows()) {
            throw Problem.rejected(
                    413, "rows", "rows: there are more than %d; send fewer at once", limits.rows());
        }
    }

    /** Counts fields that the model does not take. */
    void extra(long fields) {
        if (fields > 0) {
            metrics.add("extra_fields_total", fields, "model", model.name());
        }
    }

    /** Returns what a cell of a CSV text stands for; null for a missing one. */
    Object csvValue(int input, String text) {
        try {
            return CsvRows.isMissing(text) ? null : model.csvValue(input, text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "%s", e.getMessage());
        }
    }

    /** Computes; what a model refuses is the client's fault. */
    List<Tensor> infer(int rows, List<Tensor> inputs) {
        checkRows(rows);
        PredictionEvent event = new PredictionEvent();
        event.begin();
        try {
            List<Tensor> outputs = model.infer(rows, inputs, new Counts());
            metrics.add("rows_total", rows, "model", model.name());
            return outputs;
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "%s", e.getMessage());
        } finally {
            event.model = model.name();
            event.rows = rows;
            event.commit();
        }
    }

    private final class Counts implements ServedModel.Observer {
        @Override
        public void missing(String input, long count) {
            add("missing_values_total", input, count);
        }

        @Override
        public void unknown(String input, long count) {
            add("unknown_values_total", input, count);
        }

        private void add(String name, String input, long count) {
            if (count > 0) {
                metrics.add(name, count, "model", model.name(), "column", input);
            }
        }

        @Override
        public void predicted(String label) {
            metrics.add("predictions_total", 1, "model", model.name(), "class", label);
        }
    }
}
