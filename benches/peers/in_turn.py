"""Runs gradus and its peers in turn and prints a table of times and ratios; called by `compare`."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NETWORKS = {"784,10,128,10": 5, "784,512,512,10": 3, "cnn": 2}  # epochs of a run
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


def compare(network, epochs, pairs, gradus, peers):
    """A table of the runs in turn, and the medians of the ratios peer / gradus."""
    print(f"\n{network}: seconds per epoch, {epochs} epochs a run\n")
    columns = [f"{name} {which}" for name in ("gradus", *peers) for which in ("best", "median")]
    header("pair", *columns, *(f"{name} / gradus, {which}" for name in peers for which in ("best", "median")))
    ratios, accuracies = [], []
    for pair in range(1, pairs + 1):
        told = [run(network, epochs, pair)[0] for run in (gradus, *peers.values())]
        times = [(min(t["epoch_seconds"]), statistics.median(t["epoch_seconds"])) for t in told]
        ratios.append([theirs / ours for other in times[1:] for theirs, ours in zip(other, times[0])])
        accuracies.append([t["test_accuracy"] for t in told])
        row(pair, *(f"{t:.4f}" for pair in times for t in pair), *(f"{r:.2f}" for r in ratios[-1]))
    row("median", *("" for _ in columns), *(f"**{statistics.median(r):.2f}**" for r in zip(*ratios)))
    medians = [statistics.median(a) for a in zip(*accuracies)]
    print("\nmedian test accuracy:", ", ".join(f"{n} {a:.4f}" for n, a in zip(("gradus", *peers), medians)))


def main():
    mnist, data, pairs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    out = tempfile.mkdtemp()

    def gradus(network, epochs, seed):
        which = ["--network", "cnn"] if network == "cnn" else ["--layers", network]
        return run([mnist, "--json", "--data", data, "--out", out, *which, "--epochs", str(epochs), "--seed", str(seed)])

    def peer(python, program):
        program = os.path.join(HERE, program)
        return lambda network, epochs, seed: run([python, program, network, str(epochs), data, str(seed)])

    peers = {"JAX": peer(sys.executable, "jax_peer.py")}
    torch = {"PyTorch": peer(os.environ["PYTORCH"], "torch_peer.py")} if os.environ.get("PYTORCH") else {}
    alone = os.environ.get("NETWORK")
    for network in [alone] if alone else NETWORKS:
        compare(network, NETWORKS[network], pairs, gradus, peers | (torch if network == "cnn" else {}))
    if alone:
        return

    layers = next(iter(NETWORKS))
    print(f"\n{layers}: whole process, {WHOLE_EPOCHS} epochs, data read from the gz files\n")
    header("", "wall seconds", "peak MB")
    for name, program in {"gradus": gradus, **peers}.items():
        _, seconds, megabytes = program(layers, WHOLE_EPOCHS, 0)
        row(name, f"{seconds:.2f}", f"{megabytes:.0f}")


if __name__ == "__main__":
    main()
