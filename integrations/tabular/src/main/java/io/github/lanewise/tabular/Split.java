package io.github.lanewise.tabular;

/**
 * Which rows are for what.
 *
 * @param train rows to learn from
 * @param validation rows that choose the best epoch and the temperature
 * @param test rows to measure on; empty if these are in a table of their own
 */
public record Split(int[] train, int[] validation, int[] test) {}
