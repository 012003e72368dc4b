package io.github.lanewise.serve;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.Tabular;
import io.github.lanewise.tabular.TabularModel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models for tests. */
final class Models {

    static final float SCALE = 1 / 255f;
    static final float SHIFT = -0.125f;
    static final Shape SAMPLE = new Shape(1, 2, 3);
    static final List<String> LABELS = List.of("cat", "dog");

    private static TabularModel table;
    private static TabularModel numbers;

    private Models() {}

    /** A row of the table that the models learn from. */
    record Client(Double age, String job, boolean member, LocalDate since, String status) {}

    /** A row of a table with a number to predict. */
    record House(double area, double price) {}

    static Sequential network() {
        Sequential network =
                new Sequential(new Flatten(), new Linear(6, 8), new ReLU(), new Linear(8, 2));
        network.initialize(7);
        return network;
    }

    static TensorModel tensors() {
        return new TensorModel("pets", network(), SAMPLE, SCALE, SHIFT, LABELS);
    }

    static synchronized TabularModel table() {
        if (table == null) {
            List<Client> clients = new ArrayList<>();
            String[] jobs = {"nurse", "cook", "pilot"};
            for (int i = 0; i < 240; i++) {
                clients.add(
                        new Client(
                                i % 17 == 0 ? null : 20.0 + i * 7 % 40,
                                jobs[i % 3],
                                i % 4 == 0,
                                LocalDate.of(2020, 1, 1).plusDays(i),
                                i * 7 % 40 + i % 5 * 9 < 35 ? "good" : "bad"));
            }
            table =
                    Tabular.target("status")
                            .epochs(2)
                            .seed(1)
                            .fit(Table.of(clients, Client.class))
                            .model();
        }
        return table;
    }

    static synchronized TabularModel numbers() {
        if (numbers == null) {
            List<House> houses = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                houses.add(new House(50 + i * 13 % 97, 1000.5 * (50 + i * 13 % 97) + i));
            }
            numbers = Tabular.target("price").epochs(2).fit(Table.of(houses, House.class)).model();
        }
        return numbers;
    }

    /** Returns a row without a fault. */
    static Map<String, Object> row() {
        return Map.of("age", 33.5, "job", "cook", "member", true, "since", "2020-02-03");
    }
}
