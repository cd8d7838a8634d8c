"""A short text as a QR code (ISO/IEC 18004): versions 3 to 5, level L, which are one block each.

Written here and not taken from a library, because this much of it is small: 29 to 37 squares a side hold 53 to 106
bytes. The mask is always the same one. Which one it is stands in the code, and an address that ends in a random number
needs no choice.
"""

from functools import cache

# Version: bytes of data, bytes of correction, the centre of the pattern that aligns.
_VERSIONS = {3: (55, 15, 22), 4: (80, 20, 26), 5: (108, 26, 30)}
_MASK = 3  # (row + column) divisible by three
Grid = list[list[bool]]


def modules(text: str) -> Grid | None:
    """The squares, row by row, true where dark; None for a text that is empty or longer than 106 bytes."""
    data = text.encode()
    fitting = [version for version, (most, _, _) in _VERSIONS.items() if len(data) <= most - 2]
    if not data or not fitting:
        return None
    version = fitting[0]
    most, more, _ = _VERSIONS[version]
    words = _words(data, most)
    bits = [bool(word >> shift & 1) for word in words + _correction(words, more) for shift in range(7, -1, -1)]
    return _drawn(version, bits)


def _words(data: bytes, most: int) -> list[int]:
    """The bytes with their kind and number before them, filled up to `most`."""
    whole = 0b0100 << 8 | len(data)
    number = (whole << 8 * len(data) | int.from_bytes(data)) << 4
    made = list(number.to_bytes(len(data) + 2))
    return made + [(0xEC, 0x11)[place % 2] for place in range(most - len(made))]


@cache
def _field() -> tuple[list[int], list[int]]:
    """Powers and logarithms in the field of 256 over x^8+x^4+x^3+x^2+1."""
    powers, logarithms, value = [0] * 512, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logarithms


def _times(one: int, other: int) -> int:
    powers, logarithms = _field()
    return powers[logarithms[one] + logarithms[other]] if one and other else 0


def _correction(words: list[int], more: int) -> list[int]:
    """The bytes by which a reader mends what it misread (Reed-Solomon)."""
    generator = [1]
    for exponent in range(more):
        root = _field()[0][exponent]
        generator = [high ^ _times(low, root) for high, low in zip([*generator, 0], [0, *generator], strict=True)]
    left = words + [0] * more
    for place in range(len(words)):
        factor = left[place]
        for offset, coefficient in enumerate(generator):
            left[place + offset] ^= _times(coefficient, factor)
    return left[-more:]


def _drawn(version: int, bits: list[bool]) -> Grid:
    side = 17 + 4 * version
    grid: list[list[bool | None]] = [[None] * side for _ in range(side)]
    _patterns(grid, _VERSIONS[version][2])
    _format(grid)
    coming = iter(bits)
    upwards = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for row in range(side - 1, -1, -1) if upwards else range(side):
            for column in (right, right - 1):
                if grid[row][column] is None:
                    grid[row][column] = next(coming, False) ^ ((row + column) % 3 == 0)
        upwards = not upwards
    return [[bool(one) for one in line] for line in grid]


def _patterns(grid: list[list[bool | None]], centre: int) -> None:
    """What is the same in every code of a size: three corners, the dotted lines, and the pattern that aligns."""
    side = len(grid)
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(max(0, top - 1), min(side, top + 8)):
            for column in range(max(0, left - 1), min(side, left + 8)):
                away = max(abs(row - top - 3), abs(column - left - 3))
                grid[row][column] = away not in (2, 4)
    for place in range(8, side - 8):
        grid[6][place] = grid[place][6] = place % 2 == 0
    for row in range(centre - 2, centre + 3):
        for column in range(centre - 2, centre + 3):
            grid[row][column] = max(abs(row - centre), abs(column - centre)) != 1
    grid[side - 8][8] = True


def _format(grid: list[list[bool | None]]) -> None:
    """Level and mask, twice."""
    told = 0b01 << 3 | _MASK
    left = told << 10
    for shift in range(4, -1, -1):
        if left >> shift + 10 & 1:
            left ^= 0b10100110111 << shift
    bits = (told << 10 | left) ^ 0b101010000010010
    side = len(grid)
    around = [*range(6), 7, 8]
    for place in range(8):
        dark = bool(bits >> place & 1)
        grid[around[place]][8] = grid[8][side - 1 - place] = dark
    for place in range(7):
        dark = bool(bits >> 14 - place & 1)
        grid[8][around[place]] = grid[side - 1 - place][8] = dark
