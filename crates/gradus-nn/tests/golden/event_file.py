"""Writes event_file.hex: an event file of two epochs, as TensorBoard's own code makes it.

Needs tensorboard and, for the checksums, crc32c: two writers of records, which must agree to the byte. A third party, the
loader that TensorBoard reads files with, must then read the numbers back.
"""

import io
import struct
import tempfile
from pathlib import Path

import crc32c
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

NAMES = ["loss", "accuracy, of all"]
EPOCHS = [{"training": [0.5, 0.75]}, {"training": [0.1, 0.875], "validation": [1e-3, 1.0]}]


def events():
    yield Event(wall_time=100.25, file_version="brain.Event:2")
    for epoch, parts in enumerate(EPOCHS, start=1):
        values = [
            Summary.Value(tag=f"{part}/{name}", simple_value=value)
            for part, numbers in parts.items()
            for name, value in zip(NAMES, numbers)
        ]
        yield Event(wall_time=100.25 + epoch, step=epoch, summary=Summary(value=values))


def masked(data):
    checksum = crc32c.crc32c(data)
    rotated = (checksum >> 15 | checksum << 17) & 0xFFFFFFFF
    return struct.pack("<I", (rotated + 0xA282EAD8) & 0xFFFFFFFF)


class Kept(io.BytesIO):
    """The writer closes its file."""

    def close(self):
        pass


file = Kept()
writer = RecordWriter(file)
by_hand = b""
for event in events():
    data = event.SerializeToString()
    writer.write(data)
    length = struct.pack("<Q", len(data))
    by_hand += length + masked(length) + data + masked(data)
assert file.getvalue() == by_hand

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "tfevents"
    path.write_bytes(by_hand)
    read = list(LegacyEventFileLoader(str(path)).Load())
assert [event.step for event in read] == [0, 1, 2]
assert [value.tag for value in read[2].summary.value][2] == "validation/loss"

lines = [by_hand.hex()[i : i + 96] for i in range(0, 2 * len(by_hand), 96)]
Path(__file__).with_suffix(".hex").write_text("\n".join(lines) + "\n")
