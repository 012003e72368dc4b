"""The measurement of AllReduceBenchmark.java by PyTorch's gloo: python gloo_all_reduce.py [workers] [bytes] [repetitions]."""

import os
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as multiprocessing

WARM_UP = 300


def run(rank, workers, values, repetitions):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29555", GLOO_SOCKET_IFNAME="lo")
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=workers)
    gradient = torch.zeros(values)
    millis = []
    for i in range(-WARM_UP, repetitions):
        gradient.fill_(rank + i)
        dist.barrier()
        before = time.perf_counter()
        dist.all_reduce(gradient)
        if i >= 0:
            millis.append((time.perf_counter() - before) * 1e3)
        assert (gradient == workers * i + workers * (workers - 1) // 2).all()
    if rank == 0:
        millis.sort()
        low, median, high = (millis[repetitions * tenths // 10] for tenths in (1, 5, 9))
        print(f"gloo, {workers} workers, {4 * values:,} bytes: {median:.3f} ms ({low:.3f} to {high:.3f})")
    dist.destroy_process_group()


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]] + [2, 4 << 20, 300][len(sys.argv) - 1 :]
    multiprocessing.spawn(run, (numbers[0], numbers[1] // 4, numbers[2]), nprocs=numbers[0])
