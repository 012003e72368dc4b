package io.github.lanewise.serve;

import io.github.lanewise.tabular.BatchPredictor;
import io.github.lanewise.tabular.InputColumn;
import io.github.lanewise.tabular.Predictions;
import io.github.lanewise.tabular.TabularModel;
import io.github.lanewise.tabular.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A model of a table: an input for each column, null is missing. Outputs are {@code label} and
 * {@code probabilities}, or {@code prediction} for a number.
 */
public final class TableModel implements ServedModel {

    /** Texts of integers that are written as such. */
    private static final String INTEGER = "-?(0|[1-9][0-9]{0,14})";

    private static final List<Datatype> ALL = List.of(Datatype.values());

    private final String name;
    private final String version;
    private final TabularModel model;
    private final BatchPredictor predictor;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;

    /** Takes a model, as version 1. */
    public TableModel(String name, TabularModel model) {
        this(name, "1", model);
    }

    /** Takes a model. */
    public TableModel(String name, String version, TabularModel model) {
        this.name = name;
        this.version = version;
        this.model = model;
        this.predictor = model.batchPredictor();
        this.inputs = model.inputs().stream().map(TableModel::input).toList();
        this.outputs = outputs(model.target());
    }

    private static TensorSpec input(InputColumn column) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
        if (!column.levels().isEmpty()) {
            parameters.put("levels", column.levels());
        }
        if (column.typical() != null) {
            parameters.put("typical", column.typical());
        }
        if (column.pattern() != null) {
            parameters.put("pattern", column.pattern());
        }
        List<Datatype> accepted =
                switch (column.kind()) {
                    case NUMBER -> Datatype.numbers();
                    case DATE -> List.of(Datatype.BYTES);
                    case CATEGORY, DROPPED -> ALL;
                };
        return new TensorSpec(column.name(), datatype(column), accepted, List.of(-1), parameters);
    }

    private static Datatype datatype(InputColumn column) {
        return switch (column.kind()) {
            case NUMBER -> Datatype.FP64;
            case DATE -> Datatype.BYTES;
            case CATEGORY, DROPPED -> {
                Set<String> levels = column.levels();
                yield levels.isEmpty()
                        ? Datatype.BYTES
                        : Set.of("true", "false").containsAll(levels)
                                ? Datatype.BOOL
                                : levels.stream().allMatch(level -> level.matches(INTEGER))
                                        ? Datatype.INT64
                                        : Datatype.BYTES;
            }
        };
    }

    private static List<TensorSpec> outputs(Target target) {
        if (!target.task().isClassification()) {
            return List.of(
                    new TensorSpec(
                            "prediction",
                            Datatype.FP64,
                            List.of(),
                            List.of(-1),
                            Map.of("target", target.column())));
        }
        return List.of(
                new TensorSpec(
                        "label",
                        Datatype.BYTES,
                        List.of(),
                        List.of(-1),
                        Map.of("target", target.column())),
                new TensorSpec(
                        "probabilities",
                        Datatype.FP64,
                        List.of(),
                        List.of(-1, target.classes().size()),
                        Map.of("labels", target.classes())));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String platform() {
        return "lanewise_table";
    }

    @Override
    public List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    public List<TensorSpec> outputs() {
        return outputs;
    }

    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public Object csvValue(int input, String text) {
        return predictor.csvValue(input, text);
    }

    @Override
    public List<Tensor> infer(int rows, List<Tensor> columns, Observer observer) {
        List<List<Object>> values = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            List<Object> row = new ArrayList<>(columns.size());
            for (Tensor column : columns) {
                row.add(column.values().get(i));
            }
            values.add(row);
        }
        Predictions predictions = predictor.predict(values);
        observe(columns, observer);
        return tensors(rows, predictions, observer);
    }

    private void observe(List<Tensor> columns, Observer observer) {
        for (int j = 0; j < columns.size(); j++) {
            long missing = 0;
            long unknown = 0;
            for (Object value : columns.get(j).values()) {
                if (value == null) {
                    missing++;
                } else if (predictor.isUnknown(j, value)) {
                    unknown++;
                }
            }
            observer.missing(inputs.get(j).name(), missing);
            observer.unknown(inputs.get(j).name(), unknown);
        }
    }

    private List<Tensor> tensors(int rows, Predictions predictions, Observer observer) {
        if (predictions.numbers() != null) {
            List<Double> numbers = new ArrayList<>(rows);
            for (double number : predictions.numbers()) {
                numbers.add(number);
            }
            return List.of(new Tensor("prediction", Datatype.FP64, List.of(rows), numbers));
        }
        List<String> classes = model.target().classes();
        List<String> labels = new ArrayList<>(rows);
        List<Double> probabilities = new ArrayList<>(rows * classes.size());
        for (int i = 0; i < rows; i++) {
            String label = classes.get(model.label(predictions, i));
            labels.add(label);
            observer.predicted(label);
            for (double probability : predictions.probabilities()[i]) {
                probabilities.add(probability);
            }
        }
        return List.of(
                new Tensor("label", Datatype.BYTES, List.of(rows), labels),
                new Tensor(
                        "probabilities",
                        Datatype.FP64,
                        List.of(rows, classes.size()),
                        probabilities));
    }
}
