"""Runs gradus and JAX in turn and prints a table of times and ratios; called by `compare`."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NETWORKS = [("784,10,128,10", 5), ("784,512,512,10", 3)]
WHOLE_EPOCHS = 10


def run(command):
    """Output, wall seconds and peak memory in MB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]}: exit code {process.returncode}")
    return json.loads(output), seconds, usage.ru_maxrss / 1024


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def header(*names):
    row(*names)
    row(*("---" for _ in names))


def both(ours, jax):
    return min(ours), statistics.median(ours), min(jax), statistics.median(jax)


def main():
    mnist, data, pairs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    jax_mlp = os.path.join(HERE, "jax_mlp.py")
    out = tempfile.mkdtemp()

    def gradus(layers, epochs, seed):
        options = ["--layers", layers, "--epochs", str(epochs), "--seed", str(seed)]
        return run([mnist, "--json", "--data", data, "--out", out, *options])

    def jax(layers, epochs, seed):
        return run([sys.executable, jax_mlp, layers, str(epochs), data, str(seed)])

    for layers, epochs in NETWORKS:
        print(f"\n{layers}: seconds per epoch, {epochs} epochs a run\n")
        header("pair", "gradus best", "median", "JAX best", "median", "ratio best", "ratio median")
        best, median, accuracies = [], [], []
        for pair in range(1, pairs + 1):
            ours, theirs = gradus(layers, epochs, pair)[0], jax(layers, epochs, pair)[0]
            a, b, c, d = both(ours["epoch_seconds"], theirs["epoch_seconds"])
            best.append(c / a)
            median.append(d / b)
            accuracies.append((ours["test_accuracy"], theirs["test_accuracy"]))
            times = [f"{seconds:.4f}" for seconds in (a, b, c, d)]
            row(pair, *times, f"{c / a:.2f}", f"{d / b:.2f}")
        ratios = [f"**{statistics.median(ratios):.2f}**" for ratios in (best, median)]
        row("median", "", "", "", "", *ratios)
        a, b = (statistics.median(pair[side] for pair in accuracies) for side in (0, 1))
        print(f"\nmedian test accuracy: gradus {a:.4f}, JAX {b:.4f}")

    layers = NETWORKS[0][0]
    print(f"\n{layers}: whole process, {WHOLE_EPOCHS} epochs, data read from the gz files\n")
    header("", "wall seconds", "peak MB")
    for name, peer in (("gradus", gradus), ("JAX", jax)):
        _, seconds, megabytes = peer(layers, WHOLE_EPOCHS, 0)
        row(name, f"{seconds:.2f}", f"{megabytes:.0f}")


if __name__ == "__main__":
    main()
