"""Prints what each provider adds to the module: python3 tests/provider_sizes.py MODULE. Run by ./build.sh sizes-of-providers.

MODULE is the module before wasm-bindgen, which still has the names of its functions. Those of `drawdown::providers::NAME` are
counted, and the texts in src/providers/NAME.rs, which are most of a provider's data. Both are compressed together. A part that the
optimizer moved into other functions, and the numbers of a card, are not counted.
"""
import gzip
import pathlib
import re
import sys

GOAL = 6 * 1024
PROVIDERS = pathlib.Path("src/providers")


def number(data, at):
    """Reads a LEB128 number; returns it and the place after it."""
    value = shift = 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def sections(module):
    at = 8
    while at < len(module):
        kind, (size, begin) = module[at], number(module, at + 1)
        at = begin + size
        yield kind, module[begin:at]


def name(data, at):
    size, at = number(data, at)
    return data[at : at + size].decode(), at + size


def imported_functions(section):
    """Counts the imports that are functions. They come before the module's own."""
    count, at = number(section, 0)
    functions = 0
    for _ in range(count):
        _, at = name(section, at)
        _, at = name(section, at)
        kind, at = section[at], at + 1
        if kind == 0:
            functions += 1
            _, at = number(section, at)
        elif kind in (1, 2):
            at += 1 if kind == 1 else 0
            flags, at = number(section, at)
            for _ in range(1 + (flags & 1)):
                _, at = number(section, at)
        else:
            at += 2
    return functions


def bodies(section):
    count, at = number(section, 0)
    for _ in range(count):
        size, at = number(section, at)
        yield section[at : at + size]
        at += size


def function_names(section):
    """The names in the custom section "name": part 1 is that of the functions."""
    title, at = name(section, 0)
    if title != "name":
        return {}
    while at < len(section):
        kind, (size, begin) = section[at], number(section, at + 1)
        at = begin + size
        if kind == 1:
            names, (count, place) = {}, number(section, begin)
            for _ in range(count):
                index, place = number(section, place)
                names[index], place = name(section, place)
            return names
    return {}


def texts(source):
    """The string literals of a source file that are compiled: none of a comment."""
    code = re.sub(r"^\s*//.*$", "", source, flags=re.M)
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', code))


def main(path):
    module = pathlib.Path(path).read_bytes()
    imported, code, names = 0, [], {}
    for kind, section in sections(module):
        if kind == 2:
            imported = imported_functions(section)
        elif kind == 10:
            code = list(bodies(section))
        elif kind == 0:
            names = names or function_names(section)
    parts = {source.stem: [[], ""] for source in sorted(PROVIDERS.glob("*.rs"))}
    for place, body in enumerate(code):
        of = re.search(r"drawdown(?:::|\.\.|9)providers(?:::|\.\.|\d+)(\w+?)(?:::|\.\.|\d+\w|$)", names.get(imported + place, ""))
        if of and of[1] in parts:
            parts[of[1]][0].append(body)
    if not any(functions for functions, _ in parts.values()):
        sys.exit(f"{path} has no names of functions")
    for of in parts:
        files = [PROVIDERS / f"{of}.rs", *sorted((PROVIDERS / of).glob("**/*.rs"))]
        parts[of][1] = "".join(texts(file.read_text()) for file in files)
    print("    code    texts     gzip  of the goal")
    for of, (functions, text) in sorted(parts.items()):
        code, data = b"".join(functions), text.encode()
        packed = len(gzip.compress(code + data, 9))
        print(f"{len(code):8} {len(data):8} {packed:8} {packed * 100 // GOAL:11} %  {of}{'  over' if packed > GOAL else ''}")


main(*sys.argv[1:])
