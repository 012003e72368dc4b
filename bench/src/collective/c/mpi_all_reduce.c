/* What CollectiveWorker measures, by MPI: mpi_all_reduce BYTES REPETITIONS. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
    double d = *(const double *)a - *(const double *)b;
    return (d > 0) - (d < 0);
}

int main(int argc, char **argv) {
    MPI_Init(&argc, &argv);
    int rank, size;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int values = atoi(argv[1]) / 4, repetitions = atoi(argv[2]);
    float *own = malloc(4L * values), *sum = malloc(4L * values);
    double *millis = malloc(sizeof(double) * repetitions);
    for (int i = -repetitions; i < repetitions; i++) {
        for (int j = 0; j < values; j++) own[j] = rank + i;
        MPI_Barrier(MPI_COMM_WORLD);
        double before = MPI_Wtime();
        MPI_Allreduce(own, sum, values, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
        if (i >= 0) millis[i] = (MPI_Wtime() - before) * 1e3;
        for (int j = 0; j < values; j++) {
            if (sum[j] != size * i + size * (size - 1) / 2) MPI_Abort(MPI_COMM_WORLD, 1);
        }
    }
    if (rank == 0) {
        qsort(millis, repetitions, sizeof(double), compare);
        printf("millis %.4f %.4f %.4f 0\n", millis[repetitions / 10], millis[repetitions / 2],
               millis[repetitions * 9 / 10]);
    }
    MPI_Finalize();
    return 0;
}
