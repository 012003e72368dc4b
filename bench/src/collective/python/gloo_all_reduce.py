"""What CollectiveWorker measures, by PyTorch's gloo: python gloo_all_reduce.py BYTES REPETITIONS."""

import os
import socket
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as multiprocessing

WORKERS = 2


def run(rank, port, values, repetitions):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), GLOO_SOCKET_IFNAME="lo")
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=WORKERS)
    gradient = torch.zeros(values)
    millis = []
    for i in range(-repetitions, repetitions):
        gradient.fill_(rank + i)
        dist.barrier()
        before = time.perf_counter()
        dist.all_reduce(gradient)
        if i >= 0:
            millis.append((time.perf_counter() - before) * 1e3)
        assert (gradient == WORKERS * i + WORKERS * (WORKERS - 1) // 2).all()
    if rank == 0:
        millis.sort()
        low, median, high = (millis[repetitions * tenths // 10] for tenths in (1, 5, 9))
        print(f"millis {low:.4f} {median:.4f} {high:.4f} 0")
    dist.destroy_process_group()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    multiprocessing.spawn(run, (free, int(sys.argv[1]) // 4, int(sys.argv[2])), nprocs=WORKERS)
