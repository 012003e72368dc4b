package io.github.lanewise.bench.profile;

import java.util.Locale;

/** A profile as a Markdown table. */
final class ProfileTable {

    private static final String LINE = "| %s | %s | %.1f | %.1f %% | %s | %s |%n";

    private ProfileTable() {}

    /**
     * Returns the table.
     *
     * @param peak the CPU's multiply-adds, in GFLOP/s
     */
    static String of(StepProfile profile, double peak) {
        StringBuilder text = new StringBuilder();
        text.append("| kernel | calls | us | share | GFLOP/s | of FMA peak |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        double step = profile.tappedNanos();
        int calls = 0;
        for (StepProfile.Row row : profile.rows()) {
            text.append(line(row.call().name(), row.calls(), row.nanos(), step, row.flops(), peak));
            calls += row.calls();
        }
        text.append(line("outside of kernels", 0, profile.outsideNanos(), step, 0, peak));
        text.append(line("step", calls, step, step, profile.flops(), peak));
        return text.toString();
    }

    private static String line(
            String name, int calls, double nanos, double step, double flops, double peak) {
        boolean arithmetic = flops > 0;
        return String.format(
                Locale.ROOT,
                LINE,
                name,
                calls == 0 ? "" : calls,
                nanos * 1e-3,
                100 * nanos / step,
                arithmetic ? number("%.1f", flops / nanos) : "",
                arithmetic ? number("%.0f %%", 100 * flops / nanos / peak) : "");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
