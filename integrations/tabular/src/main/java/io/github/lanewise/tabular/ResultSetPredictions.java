package io.github.lanewise.tabular;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Predictions for the rows of a query. */
final class ResultSetPredictions extends AbstractSpliterator<Prediction> {

    private final TabularModel model;
    private final ResultSet rows;
    private final RowPredictor predictor;
    private final int[] places;

    private ResultSetPredictions(TabularModel model, ResultSet rows) throws SQLException {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.model = model;
        this.rows = rows;
        this.predictor = new RowPredictor(model.members(), model.isLenient());
        ResultSetMetaData data = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            names.add(data.getColumnLabel(i));
        }
        this.places = new int[model.columns().size()];
        for (int i = 0; i < places.length; i++) {
            String column = model.columns().get(i);
            places[i] = names.indexOf(column) + 1;
            if (places[i] == 0) {
                throw new IllegalArgumentException(
                        Message.of(
                                "predict: the query has no column '%s'%s",
                                column, Names.given(column, model.columns(), names)));
            }
        }
    }

    static Stream<Prediction> of(TabularModel model, ResultSet rows) throws SQLException {
        return StreamSupport.stream(new ResultSetPredictions(model, rows), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Prediction> action) {
        try {
            if (!rows.next()) {
                return false;
            }
            List<Object> values = new ArrayList<>();
            for (int place : places) {
                values.add(rows.getObject(place));
            }
            action.accept(Prediction.of(model, predictor.predict(values), 0));
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("predict: the query fails: " + e.getMessage(), e);
        }
    }
}
