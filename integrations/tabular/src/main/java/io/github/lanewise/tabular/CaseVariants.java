package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Finds texts of a column that differ in case alone, as people write them who mean the same. */
final class CaseVariants {

    private CaseVariants() {}

    /** Returns warnings for the target and the columns that are used as categories. */
    static List<String> warnings(Table table, Target target, Schema schema) {
        List<String> warnings = new ArrayList<>();
        if (target.task().isClassification()) {
            add(target.column(), target.classes(), "classes", warnings);
        }
        for (ColumnPlan plan : schema.used()) {
            if (plan.kind() == ColumnPlan.Kind.CATEGORY
                    && table.column(plan.name()) instanceof TextColumn texts) {
                add(plan.name(), texts.levels(), "levels", warnings);
            }
        }
        return warnings;
    }

    private static void add(String column, List<String> texts, String kind, List<String> warnings) {
        Map<String, String> seen = new HashMap<>();
        String first = null;
        String second = null;
        int pairs = 0;
        for (String text : new TreeSet<>(texts)) {
            String other = seen.putIfAbsent(text.toLowerCase(Locale.ROOT), text);
            if (other != null) {
                first = pairs == 0 ? other : first;
                second = pairs == 0 ? text : second;
                pairs++;
            }
        }
        if (pairs > 0) {
            warnings.add(
                    Message.of(
                            "%s: '%s' and '%s' differ in case alone and are two %s%s; if they mean"
                                    + " the same, write them alike",
                            column,
                            first,
                            second,
                            kind,
                            pairs > 1 ? " (%s such pairs)".formatted(pairs) : ""));
        }
    }
}
