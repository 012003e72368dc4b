package io.github.lanewise.bench;
public class TrainingStepBenchmark {}
