"""The files of the corpus: good ones as other programs write them, broken and hostile ones made of them by hand.

    pip install numpy && python make.py     (writes the folders beside it)

The name of a file begins with the answer that the reader must give: `ok`, or the variant of `DataError`.
"""

import gzip
import io
import json
import pathlib
import struct
import zipfile
import zlib

import numpy

HERE = pathlib.Path(__file__).parent


def save(kind, name, content):
    (HERE / kind).mkdir(exist_ok=True)
    (HERE / kind / f"{name}.{kind}").write_bytes(content)


def patched(content, at, new):
    return content[:at] + new + content[at + len(new):]


# --- NPY -------------------------------------------------------------------------------------------------------------


def numpy_file(array, version=None, pickle=False):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, numpy.asanyarray(array), version=version, allow_pickle=pickle)
    return file.getvalue()


def npy(header, elements=b"", version=(1, 0)):
    size = struct.pack("<H" if version == (1, 0) else "<I", len(header))
    return b"\x93NUMPY" + bytes(version) + size + header.encode("latin1") + elements


def dictionary(descr="'<f8'", order="False", shape="(2,)"):
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


matrix = numpy.arange(6.0).reshape(2, 3) / 8
plain = numpy_file(matrix)
two = bytes(16)
for name, content in {
    "ok-double": plain,
    "ok-version-2": numpy_file(matrix, (2, 0)),
    "ok-version-3": numpy_file(matrix, (3, 0)),
    "ok-fortran": numpy_file(numpy.asfortranarray(matrix)),
    "ok-single": numpy_file(matrix.astype("<f4")),
    "ok-half": numpy_file(matrix.astype("<f2")),
    "ok-int32": numpy_file(numpy.arange(3, dtype="<i4")),
    "ok-int64": numpy_file(numpy.array([-1, 2**62])),
    "ok-bytes": numpy_file(numpy.arange(5, dtype="u1")),
    "ok-bool": numpy_file(numpy.array([True, False])),
    "ok-scalar": numpy_file(numpy.float64(7.5)),
    "ok-empty": numpy_file(numpy.zeros((0, 3))),
    "ok-nan-and-infinity": numpy_file(numpy.array([numpy.nan, numpy.inf, -0.0, 5e-324])),
    "ok-rank-8": numpy_file(numpy.zeros((1, 2, 1, 1, 1, 1, 1, 1))),
    "ok-gzip": gzip.compress(plain, mtime=0),
    "ok-double-quotes": npy(dictionary('"<f8"').replace("'", '"'), two),
    "NotNpy-nothing": b"",
    "NotNpy-five-bytes": plain[:5],
    "NotNpy-zip": b"PK\x03\x04" + bytes(20),
    "NotNpy-other-magic": b"\x94NUMPY" + plain[6:],
    "Truncated-no-version": plain[:6],
    "Truncated-no-length": plain[:9],
    "Truncated-in-header": plain[:60],
    "Truncated-no-elements": plain[:128],
    "Truncated-last-byte": plain[:-1],
    "TrailingBytes-one": plain + b"\0",
    "TrailingBytes-second-array": plain + plain,
    "UnknownVersion-0": patched(plain, 6, b"\0"),
    "UnknownVersion-4": patched(plain, 6, b"\4"),
    "UnknownVersion-1-1": patched(plain, 7, b"\1"),
    "UnknownDescr-object": numpy_file(numpy.array([{}], dtype=object), pickle=True),
    "UnknownDescr-big-end": numpy_file(matrix.astype(">f8")),
    "UnknownDescr-complex": numpy_file(matrix.astype("<c16")),
    "UnknownDescr-text": numpy_file(numpy.array(["abc"])),
    "UnknownDescr-date": numpy_file(numpy.array(["2020-01-01"], dtype="M8[D]")),
    "UnknownDescr-empty": npy(dictionary("''"), two),
    "InvalidHeader-structure": numpy_file(numpy.zeros(2, dtype=[("x", "<f4"), ("y", "<i4")])),
    "InvalidHeader-empty": npy(""),
    "InvalidHeader-no-dictionary": npy("[]", two),
    "InvalidHeader-no-shape": npy("{'descr': '<f8', 'fortran_order': False}", two),
    "InvalidHeader-key-twice": npy("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", two),
    "InvalidHeader-fourth-key": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'a': 1}", two),
    "InvalidHeader-code": npy("__import__('os').abort()", two),
    "InvalidHeader-code-behind": npy(dictionary().strip() + "; exit()", two),
    "InvalidHeader-code-as-shape": npy(dictionary(shape="(2**9999999,)"), two),
    "InvalidHeader-negative": npy(dictionary(shape="(-2,)"), two),
    "InvalidHeader-fraction": npy(dictionary(shape="(2.0,)"), two),
    "InvalidHeader-long-suffix": npy(dictionary(shape="(2L,)"), two),
    "InvalidHeader-order-1": npy(dictionary(order="1"), two),
    "InvalidHeader-unclosed": npy("{'descr': '<f8", two),
    "InvalidHeader-escape": npy(dictionary("'\\x3cf8'"), two),
    "InvalidHeader-zero-byte": npy(dictionary("'<f8\0'"), two),
    "InvalidHeader-nested": npy("{" * 5000, two),
    "ok-rank-9": npy(dictionary(shape="(1,1,1,1,1,1,1,1,2)"), two),
    "ok-rank-64": numpy_file(numpy.zeros((1,) * 64)),
    "WrongRank-65": npy(dictionary(shape="(" + "1," * 64 + "2)"), two),
    "WrongRank-1000": npy(dictionary(shape="(" + "1," * 1000 + ")"), two),
    "SizeOverflow-one-length": npy(dictionary(shape="(99999999999999999999999,)"), two),
    "SizeOverflow-product": npy(dictionary(shape="(4294967296, 4294967296)"), two),
    "LimitExceeded-many": npy(dictionary(shape="(9000000000000000000,)"), two),
    "LimitExceeded-long-header": npy(dictionary() + " " * 10_000, two, (2, 0)),
    "LimitExceeded-header-of-4-gb": plain[:6] + b"\2\0\xff\xff\xff\xff" + plain[10:],
    "Truncated-a-million": npy(dictionary(shape="(1000000,)"), two),
    "ok-zero-times-huge": npy(dictionary(shape="(0, 18446744073709551615)")),
    "LimitExceeded-bomb": gzip.compress(npy(dictionary(shape="(1048576,)"), bytes(8 << 20)), mtime=0),
    "TruncatedGzip-half": gzip.compress(plain, mtime=0)[:40],
    "DamagedGzip-checksum": patched(gzip.compress(plain, mtime=0), len(gzip.compress(plain, mtime=0)) - 8, b"abcd"),
}.items():
    save("npy", name, content)

# --- NPZ -------------------------------------------------------------------------------------------------------------


def numpy_archive(save=numpy.savez, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    # NumPy tells the time of writing: the first of 1980 in its place, in both headers.
    content = bytearray(file.getvalue())
    for mark, at in ((b"PK\3\4", 10), (b"PK\1\2", 12)):
        place = content.find(mark)
        while place >= 0:
            content[place + at : place + at + 4] = b"\0\0\x21\0"
            place = content.find(mark, place + 1)
    return bytes(content)


def archive(members, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as out:
        for name, content in members:
            out.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


one = archive([("x.npy", plain)])
packed = archive([("x.npy", plain)], zipfile.ZIP_DEFLATED)
directory, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
packed_directory = packed.index(b"PK\1\2")
# A hundred lines of the directory tell of the same file of 4000 bytes.
wide = archive([("x.npy", numpy_file(numpy.zeros(500)))])
line, start = wide[wide.index(b"PK\1\2"):wide.index(b"PK\5\6")], wide.index(b"PK\1\2")
lines = b"".join(line.replace(b"x.npy", b"%c.npy" % (48 + k)) for k in range(70))
overlapping = wide[:start] + lines + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 70, 70, len(lines), start, 0)
# The second file is the content of the first: D. Fifield, *A better zip bomb* (2019), nests files like this.
inner = archive([("y.npy", plain)])
outer = archive([("x.npy", inner[:inner.index(b"PK\1\2")])])
start = outer.index(b"PK\1\2")
lines = outer[start:-22] + patched(inner[inner.index(b"PK\1\2"):-22], 42, struct.pack("<I", 35))
nested = outer[:start] + lines + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, len(lines), start, 0)
longer = struct.pack("<I", len(plain) + 1)
bomb = archive([("x.npy", npy(dictionary(shape="(1048576,)"), bytes(8 << 20)))], zipfile.ZIP_DEFLATED)
half = npy(dictionary("'|u1'", shape="(600000,)"), bytes(600_000))
for name, content in {
    "ok-two": numpy_archive(x=matrix, y=numpy.arange(2)),
    "ok-compressed": numpy_archive(numpy.savez_compressed, x=matrix, y=numpy.arange(2)),
    "ok-none": archive([]),
    "ok-plain-zip": one,
    "ok-deflated": packed,
    "ok-empty-array": numpy_archive(x=numpy.zeros((0, 2))),
    "ok-folder-in-a-name": archive([("../../etc/passwd.npy", plain)]),
    "ok-comment": one[:-2] + b"\5\0hello",
    "NotNpz-nothing": b"",
    "NotNpz-npy": plain,
    "NotNpz-no-end": one[:end],
    "NotNpz-cut": one[:-1],
    "NotNpz-behind": one + b"\0",
    "DamagedArchive-directory-elsewhere": patched(one, end + 16, struct.pack("<I", 3)),
    "DamagedArchive-directory-beyond": patched(one, end + 16, b"\xff\xff\xff\xff"),
    "DamagedArchive-too-many": patched(one, end + 8, b"\2\0\2\0"),
    "DamagedArchive-no-header": patched(one, 0, b"XX"),
    "DamagedArchive-header-beyond": patched(one, directory + 42, b"\xff\xff\xff\x7f"),
    "DamagedArchive-size-beyond": patched(patched(one, directory + 20, b"\xff\xff\xff\x7f"), directory + 24, b"\xff\xff\xff\x7f"),
    "DamagedArchive-zip64-sizes": patched(patched(one, directory + 20, b"\xff" * 4), directory + 24, b"\xff" * 4),
    "InArray.DamagedArchive-smaller-size": patched(one, directory + 24, b"\1\0\0\0"),
    "InArray.DamagedArchive-checksum": patched(one, directory + 16, b"abcd"),
    "InArray.DamagedArchive-content": patched(one, 100, b"!"),
    "InArray.DamagedArchive-unpacks-to-more": patched(packed, packed_directory + 24, b"\1\0\0\0"),
    "InArray.DamagedArchive-unpacks-to-less": patched(packed, packed_directory + 24, b"\xff\xff\0\0"),
    "InArray.DamagedArchive-code": patched(packed, 40, b"\xff\xff\xff\xff"),
    "InArray.PackingMethod-bzip2": archive([("x.npy", plain)], zipfile.ZIP_BZIP2),
    "InArray.PackingMethod-lzma": archive([("x.npy", plain)], zipfile.ZIP_LZMA),
    "InvalidArrayName-no-ending": archive([("x", plain)]),
    "InvalidArrayName-ending-alone": archive([(".npy", plain)]),
    "InvalidArrayName-twice": archive([("x.npy", plain), ("x.npy", plain)]),
    "InvalidArrayName-control": archive([("x\n.npy", plain)]),
    "InvalidArrayName-long": archive([("x" * 600 + ".npy", plain)]),
    "InvalidArrayName-no-text": one.replace(b"x.npy", b"\xff.npy"),
    "OverlappingFiles-seventy-names": overlapping,
    "OverlappingFiles-one-in-another": nested,
    "DamagedArchive-into-the-directory": patched(patched(one, directory + 20, longer), directory + 24, longer),
    "LimitExceeded-bomb": bomb,
    "LimitExceeded-two-halves": archive([("a.npy", half), ("b.npy", half)], zipfile.ZIP_DEFLATED),
    "InArray.NotNpy-text": archive([("x.npy", b"hello")]),
    "InArray.NotNpy-gzip-inside": archive([("x.npy", gzip.compress(plain, mtime=0))]),
    "InArray.UnknownDescr-object": archive([("x.npy", numpy_file(numpy.array([{}], dtype=object), pickle=True))]),
    "InArray.Truncated-array": archive([("x.npy", plain[:-1])]),
    "InArray.TrailingBytes-array": archive([("x.npy", plain + b"\0")]),
    "InArray.SizeOverflow-shape": archive([("x.npy", npy(dictionary(shape="(4294967296, 4294967296)")))]),
}.items():
    save("npz", name, content)

# --- PGM -------------------------------------------------------------------------------------------------------------

for name, content in {
    "ok-two": b"P5\n2 1\n255\n\x00\xff",
    "ok-comments": b"P5 # gray\n# wide\n2 # high\n1 15\n\x00\x0f",
    "ok-no-pixels": b"P5 0 7 1\n",
    "ok-white-1": b"P5\t3\r1\n1 \x00\x01\x00",
    "ok-gzip": gzip.compress(b"P5\n2 1\n255\n\x00\xff", mtime=0),
    "NotPgm-nothing": b"",
    "NotPgm-one-byte": b"P",
    "NotPgm-text": b"P2\n2 1\n255\n0 255\n",
    "NotPgm-color": b"P6\n1 1\n255\nabc",
    "Truncated-no-header": b"P5",
    "Truncated-in-header": b"P5\n2 1\n",
    "Truncated-no-pixel": b"P5\n2 1\n255\n",
    "Truncated-half": b"P5\n2 1\n255\n\x00",
    "Truncated-comment-without-end": b"P5 #" + b"x" * 500,
    "TrailingBytes-one": b"P5\n2 1\n255\n\x00\xff\n",
    "TrailingBytes-second-image": b"P5\n1 1\n255\n\x00P5\n1 1\n255\n\x00",
    "InvalidHeader-letters": b"P5\ntwo 1\n255\n\x00\xff",
    "InvalidHeader-negative": b"P5\n-2 1\n255\n\x00\xff",
    "InvalidHeader-white-0": b"P5\n2 1\n0\n\x00\x00",
    "InvalidHeader-16-bit": b"P5\n1 1\n65535\n\x00\xff",
    "PixelOutOfRange-brighter": b"P5\n2 1\n15\n\x00\x10",
    "SizeOverflow-digits": b"P5\n" + b"9" * 40 + b" 1\n255\n",
    "SizeOverflow-product": b"P5\n4294967296 4294967296\n255\n",
    "LimitExceeded-many": b"P5\n4000000000 4000000000\n255\n\x00",
    "Truncated-a-million": b"P5\n1000 1000\n255\n\x00",
    "LimitExceeded-bomb": gzip.compress(b"P5\n1024 1024\n255\n" + bytes(1 << 20), mtime=0),
}.items():
    save("pgm", name, content)

# --- PNG -------------------------------------------------------------------------------------------------------------


def chunk(name, data=b"", crc=None):
    crc = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def head(width, height, depth=8, color=0, packing=0, filters=0, lace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, packing, filters, lace))


def png(head, lines, between=b"", end=chunk(b"IEND")):
    return SIGNATURE + head + between + chunk(b"IDAT", zlib.compress(lines)) + end


SIGNATURE = b"\x89PNG\r\n\x1a\n"
gray = png(head(2, 2), b"\0\x00\xff\0\x80\x40")
palette = chunk(b"PLTE", b"\0\0\0\x80\x80\x80")
for name, content in {
    "ok-gray": gray,
    "ok-filtered": png(head(2, 4), b"\1\x10\x10\2\x01\x01\3\x05\x05\4\x02\x02"),
    "ok-1-bit": png(head(3, 1, depth=1), b"\0\xa0"),
    "ok-2-bit": png(head(3, 1, depth=2), b"\0\x1b"),
    "ok-4-bit": png(head(2, 1, depth=4), b"\0\xf0"),
    "ok-palette": png(head(2, 1, color=3), b"\0\0\1", palette),
    "ok-palette-1-bit": png(head(3, 1, depth=1, color=3), b"\0\xa0", palette),
    "ok-palette-4-bit": png(head(3, 1, depth=4, color=3), b"\0\x01\x10", palette),
    "DamagedPng-beyond-the-palette-2-bit": png(head(3, 1, depth=2, color=3), b"\0\x18", palette),
    "ok-rgb": png(head(1, 1, color=2), b"\0\7\7\7"),
    "ok-gray-alpha": png(head(1, 1, color=4), b"\0\7\xff"),
    "ok-text-chunk": png(head(1, 1), b"\0\7", chunk(b"tEXt", b"Comment\0<script>")),
    "NotPng-nothing": b"",
    "NotPng-seven": SIGNATURE[:7],
    "NotPng-gif": b"GIF89a" + bytes(20),
    "NotPng-line-ends-changed": gray.replace(b"\r\n", b"\n"),
    "NotGray-color": png(head(1, 1, color=2), b"\0\7\7\x08"),
    "NotGray-transparent": png(head(1, 1, color=4), b"\0\7\xfe"),
    "PngKind-16-bit": png(head(1, 1, depth=16), b"\0\0\0"),
    "PngKind-interlaced": png(head(1, 1, lace=1), b"\0\7"),
    "DamagedPng-signature-alone": SIGNATURE,
    "DamagedPng-no-size": png(head(0, 1), b""),
    "DamagedPng-depth-3": png(head(1, 1, depth=3), b"\0\7"),
    "DamagedPng-color-1": png(head(1, 1, color=1), b"\0\7"),
    "DamagedPng-packing-1": png(head(1, 1, packing=1), b"\0\7"),
    "DamagedPng-filter-9": png(head(1, 1), b"\x09\7"),
    "DamagedPng-no-palette": png(head(1, 1, color=3), b"\0\0"),
    "DamagedPng-beyond-the-palette": png(head(1, 1, color=3), b"\0\x40", palette),
    "DamagedPng-crc-of-head": SIGNATURE + patched(head(1, 1), 21, b"abcd") + gray[33:],
    "DamagedPng-no-data": SIGNATURE + head(1, 1) + chunk(b"IEND"),
    "DamagedPng-cut": gray[:45],
    "DamagedPng-lines-missing": png(head(2, 9), b"\0\x00\xff"),
    "DamagedPng-chunk-of-2-gb": SIGNATURE + head(1, 1) + b"\x7f\xff\xff\xffIDAT",
    "LimitExceeded-huge": png(head(0x7FFFFFFF, 0x7FFFFFFF), b"\0"),
    "DamagedPng-one-long-line": png(head(1 << 20, 1, depth=1), b"\0"),
    "LimitExceeded-bomb": png(head(512, 1024, color=2), bytes(1024 * 1537)),
    "ok-profile-bomb": png(head(1, 1), b"\0\7", chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(4 << 20)))),
    "LimitExceeded-many": png(head(1025, 1025), b"\0"),
    "DamagedPng-a-million": png(head(1000, 1000), b"\0"),
    "DamagedPng-no-zlib": SIGNATURE + head(1, 1) + chunk(b"IDAT", b"hello") + chunk(b"IEND"),
}.items():
    save("png", name, content)

# --- safetensors -----------------------------------------------------------------------------------------------------


def safetensors(header, data=b"", length=None):
    text = header.encode() if isinstance(header, str) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def tensor(dtype="F32", shape=(2,), first=0, behind=8):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [first, behind]}


eight = bytes(range(8))
good = safetensors({"x": tensor()}, eight)
for name, content in {
    "ok-single": good,
    "ok-double": safetensors({"x": tensor("F64", (1,))}, eight),
    "ok-integers": safetensors({"x": tensor("I64", (1,)), "y": tensor("I32", (2,), 8, 16)}, eight * 2),
    "ok-halves": safetensors({"x": tensor("F16", (2, 2)), "y": tensor("BF16", (4,), 8, 16)}, eight * 2),
    "ok-bytes": safetensors({"x": tensor("U8", (8,)), "y": tensor("BOOL", (2, 1, 4), 8, 16)}, eight + bytes(8)),
    "ok-none": safetensors("{}"),
    "ok-number": safetensors({"num_batches_tracked": tensor("I64", ())}, eight),
    "ok-empty-array": safetensors({"x": tensor(shape=(0, 3), behind=0)}),
    "ok-metadata": safetensors({"__metadata__": {"format": "pt", "a": "\n\"\\\u00fc"}, "x": tensor()}, eight),
    "ok-spaces": safetensors(json.dumps({"x": tensor()}) + " " * 9, eight),
    "ok-gzip": gzip.compress(good, mtime=0),
    "ok-order-of-the-data": safetensors({"b": tensor("F32", (1,), 0, 4), "a": tensor("F32", (1,), 4, 8)}, eight),
    "InvalidSafetensors-nothing": b"",
    "InvalidSafetensors-seven": good[:7],
    "InvalidSafetensors-pickle": b"\x80\x04\x95" + bytes(30),
    "InvalidSafetensors-length-too-long": safetensors({"x": tensor()}, eight, 1 << 20),
    "InvalidSafetensors-length-of-2-to-64": safetensors({"x": tensor()}, eight, 2**64 - 1),
    "InvalidSafetensors-no-brace": safetensors("[]"),
    "InvalidSafetensors-no-json": safetensors("{hello}"),
    "InvalidSafetensors-no-utf-8": struct.pack("<Q", 4) + b'{"\xff}',
    "InvalidSafetensors-nested": safetensors("{" + '"a":{' * 2000 + "}" * 2001),
    "InvalidSafetensors-cut": good[:-1],
    "InvalidSafetensors-behind": good + b"\0",
    "InvalidSafetensors-hole-before": safetensors({"x": tensor(first=8, behind=16)}, eight * 2),
    "InvalidSafetensors-hole-between": safetensors({"x": tensor(), "y": tensor(first=12, behind=20)}, bytes(20)),
    "InvalidSafetensors-overlapping": safetensors({"x": tensor(), "y": tensor(first=4, behind=12)}, bytes(12)),
    "InvalidSafetensors-same-place": safetensors({"x": tensor(), "y": tensor()}, eight),
    "InvalidSafetensors-backwards": safetensors({"x": tensor(first=8, behind=0)}, eight),
    "InvalidSafetensors-beyond": safetensors({"x": tensor(shape=(4,), behind=16)}, eight),
    "InvalidSafetensors-wrong-shape": safetensors({"x": tensor(shape=(3,))}, eight),
    "InvalidSafetensors-overflow": safetensors({"x": tensor(shape=(2**32, 2**32))}, eight),
    "InvalidSafetensors-length-of-20-digits": safetensors({"x": tensor(shape=(10**20,))}, eight),
    "InvalidSafetensors-negative": safetensors({"x": tensor(shape=(-2,))}, eight),
    "InvalidSafetensors-unknown-type": safetensors({"x": tensor("F31")}, eight),
    "InvalidSafetensors-no-type": safetensors('{"x":{"shape":[2],"data_offsets":[0,8]}}', eight),
    "InvalidSafetensors-name-twice": safetensors(
        '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', eight),
    "ok-words-of-the-format": safetensors({"__metadata__": {"data_offsets": "{\"data_offsets\":[[0,8]]}"}, "data_offsets": tensor()}, eight),
    "ok-no-metadata": safetensors({"__metadata__": None, "x": tensor()}, eight),
    "ok-list-for-a-tensor": safetensors({"x": ["F32", [2], [0, 8]]}, eight),
    "InvalidSafetensors-name-twice-escaped": safetensors(
        '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\\u0078":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', eight),
    "InvalidSafetensors-metadata-number": safetensors({"__metadata__": {"a": 1}, "x": tensor()}, eight),
    "InArray.UnknownDtype-i16": safetensors({"x": tensor("I16", (4,))}, eight),
    "InArray.UnknownDtype-u64": safetensors({"x": tensor("U64", (1,))}, eight),
    "InArray.UnknownDtype-f8": safetensors({"x": tensor("F8_E4M3", (8,))}, eight),
    "InvalidArrayName-empty": safetensors({"": tensor()}, eight),
    "InvalidArrayName-control": safetensors({"x\u001b[31m": tensor()}, eight),
    "InvalidArrayName-long": safetensors({"x" * 513: tensor()}, eight),
    "LimitExceeded-arrays": safetensors({f"{k}": tensor(shape=(0,), behind=0) for k in range(1001)}),
    "LimitExceeded-bomb": gzip.compress(safetensors({"x": tensor("U8", (1 << 21,), 0, 1 << 21)}, bytes(1 << 21)), mtime=0),
}.items():
    save("safetensors", name, content)

# --- IDX and CSV: seeds for the fuzz targets; their zoo is in tests/hostile.rs ----------------------------------------

for name, content in {
    "ok-bytes": b"\0\0\x08\x02\0\0\0\2\0\0\0\3\1\2\3\4\5\6",
    "ok-double": b"\0\0\x0e\x01\0\0\0\1" + struct.pack(">d", 1.5),
    "ok-shorts": b"\0\0\x0b\x03\0\0\0\1\0\0\0\1\0\0\0\2abcd",
    "ok-gzip": gzip.compress(b"\0\0\x08\x01\0\0\0\3abc", mtime=0),
    "ok-billions-of-nothing": b"\0\0\x08\x04\xff\0\0\0\0\0\0\0" + b"\xff" * 8,  # found by the fuzzer: blocks without end
    "ok-none-of-overflowing": b"\0\0\x08\x04" + bytes(4) + b"\xff" * 12,  # found by the fuzzer, too
    "Truncated-last": b"\0\0\x08\x01\0\0\0\3ab",
    "SizeOverflow-product": b"\0\0\x08\x04" + b"\xff" * 16,
}.items():
    save("idx", name, content)
for name, content in {
    "ok-two": b"x,y\n1,2\n3,4\n",
    "ok-quoted": b'\xef\xbb\xbf"sepal ""length""",y\r\n"1.5",-2e3\r\n\r\n0.25,1e-300\r\n',
    "NotANumber-word": b"x,y\n1,two\n",
    "UnclosedQuote-end": b'x\n"1',
    "WrongFieldCount-more": b"x,y\n1,2,3\n",
}.items():
    save("csv", name, content)
