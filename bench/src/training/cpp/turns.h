// Repeats something for some time and gives the protocol's answer.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <vector>

/** The share of a turn for which nobody looks at the clock: caches fill, threads wake. */
constexpr int64_t WAKE_SHARE = 10;
constexpr double TAIL = 0.99;
constexpr int64_t NANOS_PER_MILLI = 1'000'000;

inline int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/** Calls for some time, once at least; returns how often. */
template <typename Call>
int64_t repeat(Call& call, int64_t nanos) {
  int64_t end = now() + nanos;
  int64_t calls = 0;
  do {
    call();
    calls++;
  } while (now() < end);
  return calls;
}

template <typename Call>
std::string turn(Call call, int64_t millis) {
  int64_t nanos = millis * NANOS_PER_MILLI;
  repeat(call, nanos / WAKE_SHARE);
  int64_t begin = now();
  int64_t calls = repeat(call, nanos);
  return "ran " + std::to_string(calls) + " " + std::to_string(now() - begin);
}

template <typename Call>
std::string latencies(Call call, int64_t millis) {
  repeat(call, millis * NANOS_PER_MILLI / WAKE_SHARE);
  std::vector<int64_t> nanos;
  int64_t before = now();
  int64_t end = before + millis * NANOS_PER_MILLI;
  while (nanos.empty() || before < end) {
    call();
    int64_t after = now();
    nanos.push_back(after - before);
    before = after;
  }
  std::sort(nanos.begin(), nanos.end());
  size_t tail = std::min(nanos.size() - 1, static_cast<size_t>(nanos.size() * TAIL));
  return "latency " + std::to_string(nanos.size()) + " " +
         std::to_string(nanos[nanos.size() / 2]) + " " + std::to_string(nanos[tail]);
}

/** Makes a call for each of several threads and lets them all begin at once. */
template <typename MakeCall>
std::string callers(MakeCall make_call, int count, int64_t millis) {
  std::promise<void> start;
  std::shared_future<void> started = start.get_future().share();
  std::atomic<int> ready{0};
  std::atomic<int64_t> calls{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < count; i++) {
    threads.emplace_back([&, started] {
      auto call = make_call();
      repeat(call, millis * NANOS_PER_MILLI / WAKE_SHARE);
      ready++;
      started.wait();
      calls += repeat(call, millis * NANOS_PER_MILLI);
    });
  }
  while (ready < count) {
    std::this_thread::yield();
  }
  int64_t begin = now();
  start.set_value();
  for (std::thread& thread : threads) {
    thread.join();
  }
  return "ran " + std::to_string(calls) + " " + std::to_string(now() - begin);
}
