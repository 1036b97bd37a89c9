"""The pictures of the demo site, drawn by code: no photographs to license, no files to download.

`draw(key)` gives the same picture every time. Each scene is one function; `ALT_TEXT` holds what a reader who
cannot see the picture is told, under the same keys.
"""

import math
import random
from collections.abc import Callable

from PIL import Image

from .canvas import Canvas, Outline, Point, box, ellipse, leaf, ribbon, ridge, smooth

CREAM, LINEN, SAND, HONEY = "#f8f1e4", "#efe3cf", "#e2cba6", "#e6b877"
CLAY, BLUSH, ROSE = "#c07a56", "#efc7ae", "#d99b83"
MIST, SAGE, MOSS, FERN = "#d5dfd4", "#a3b69c", "#71896d", "#496652"
POOL, TEAL, DEEP, NIGHT = "#9fc0bb", "#5b8c8a", "#2f5a5d", "#1d3a42"

ALT_TEXT: dict[str, str] = {
    "valley-at-dawn": "Hills behind hills in the mist at dawn, with a pale sun above a winding river",
    "towels-and-fern": "Three folded towels in a stack beside a bottle of oil and a fern",
    "stacked-stones": "Five smooth dark stones balanced on each other at the edge of still water",
    "moonrise": "A large pale moon rising over dark hills and reflected in a lake",
    "lamplight": "A lamp with a round shade shedding warm light on a table with two cups",
    "meadow-path": "A pale path winding uphill through green meadows to a single tree",
    "pebbles-and-ripples": "Rings spreading over clear water above a handful of round pebbles",
    "evening-window": "An arched window at sunset, with an empty armchair and a tall plant beside it",
    "stepping-stones": "Flat stepping stones leading across calm water to a bank of reeds",
    "tea-by-the-window": "A steaming cup of tea on a windowsill",
    "sprig-in-a-vase": "A green sprig in a round clay vase against a plain wall",
}


def draw(key: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Return the picture called `key` as an RGB image; other shapes than 3:2 are cut from the middle."""
    try:
        scene = SCENES[key]
    except KeyError:
        raise ValueError(f"There is no drawing {key!r}; choose one of: {', '.join(sorted(SCENES))}.") from None
    canvas = Canvas(size, CREAM)
    scene(canvas)
    return canvas.finished(grain_seed=len(key))


def _valley_at_dawn(canvas: Canvas) -> None:
    canvas.backdrop("#bcd3d0", "#e4e2d2", "#f7dcc0", "#f3c8a6", "#eab897")
    canvas.glow(1010, 400, 620, "#fff1d8", 0.95)
    canvas.fill(ellipse(1010, 390, 82, 82), "#fffaf0", "#ffe9c9")
    layers = [
        (455, 46, 3, "#d9c6bd", "#ecd7c4"),
        (535, 58, 8, "#b7b9b4", "#dfd0be"),
        (620, 64, 21, "#8fa5a0", "#c9ccbb"),
        (715, 62, 5, "#67877f", "#a9baa8"),
        (820, 52, 13, "#446a64", "#7c988a"),
    ]
    for y, rise, seed, top, bottom in layers:
        canvas.fill(ridge(y, rise, seed), top, bottom)
        canvas.fill(box(-200, y + 70, 1700, y + 150, 40), "#fdf0de", opacity=0.34, soft=38)
    river = smooth([(990, 745), (930, 790), (1010, 835), (880, 890), (960, 950), (760, 1040)])
    canvas.fill(ribbon(river, 8, 210), "#fbe8cf", "#cfdcd2", opacity=0.92)
    canvas.fill(ridge(935, 34, 17), "#27484a", "#16343a")
    for x, height in ((150, 150), (205, 205), (262, 165), (1330, 190), (1392, 140)):
        _fir(canvas, x, 960, height, "#21413f")


def _fir(canvas: Canvas, x: float, foot: float, height: float, colour: str) -> None:
    for share in (1.0, 0.76, 0.52):
        half = height * 0.24 * share
        top = foot - height * (1.08 - share * 0.36) - height * 0.12
        canvas.fill([(x, top), (x + half, top + height * 0.5 * share), (x - half, top + height * 0.5 * share)], colour)
    canvas.fill(box(x - 5, foot - height * 0.3, x + 5, foot + 30), colour)


def _table(canvas: Canvas, y: float, top: str, bottom: str) -> None:
    canvas.fill(box(-20, y, 1520, 1040), top, bottom)
    canvas.fill(box(-20, y, 1520, y + 7), "#ffffff", opacity=0.3)


def _shadow(canvas: Canvas, x: float, y: float, rx: float, ry: float, opacity: float = 0.35) -> None:
    canvas.fill(ellipse(x, y, rx, ry), "#4a3a2c", opacity=opacity, soft=ry * 0.6)


def _frond(canvas: Canvas, stem: Outline, size: float, colours: tuple[str, str], lean: float = 62) -> None:
    """A fern: pairs of leaflets along a stem, shorter towards the tip."""
    line = smooth(stem)
    canvas.fill(ribbon(line, size * 0.08, 2), colours[1])
    last = len(line) - 1
    for index in range(5, last, 3):
        (x, y), (ahead_x, ahead_y) = line[index], line[index + 1]
        heading = math.degrees(math.atan2(ahead_y - y, ahead_x - x))
        length = size * math.sin(math.pi * (0.18 + 0.8 * index / last)) ** 0.8
        for side in (-1, 1):
            blade = leaf(x, y, length, length * 0.3, heading + side * lean)
            canvas.fill(blade, colours[0], colours[1])


def _towels_and_fern(canvas: Canvas) -> None:
    canvas.backdrop("#f3e8d8", "#efdfc9", "#e7d2b6")
    canvas.glow(420, 250, 800, "#fffaf0", 0.85)
    canvas.fill(ellipse(1150, 330, 250, 250), "#e9cdb0", "#efdcc4", opacity=0.65)
    _table(canvas, 760, "#d3b08a", "#b98f68")
    _frond(canvas, [(1105, 800), (1150, 600), (1260, 420), (1420, 320)], 120, ("#7f9a78", "#567258"))
    _frond(canvas, [(1090, 800), (1080, 600), (1020, 410), (900, 270)], 112, ("#93aa88", "#66835f"))
    _frond(canvas, [(1100, 800), (1125, 560), (1150, 350), (1110, 150)], 125, (MOSS, FERN))
    _shadow(canvas, 1100, 822, 130, 26)
    canvas.fill(smooth([(1000, 650), (1200, 650), (1182, 770), (1150, 822), (1050, 822), (1018, 770)], closed=True), "#d28f69", "#a8603f", across=True)
    canvas.fill(ellipse(1100, 652, 101, 20), "#8b4c31")
    _shadow(canvas, 500, 842, 380, 34)
    towels = [(180, 700, 830, 838, "#f9f4ea", "#d9cbb4"), (205, 575, 805, 706, "#b8c8b4", "#859f84"), (228, 458, 782, 582, "#f2cfb6", "#d19f82")]
    for left, top, right, bottom, light, dark in towels:
        _towel(canvas, left, top, right, bottom, light, dark)
    _oil_bottle(canvas)


def _towel(canvas: Canvas, left: float, top: float, right: float, bottom: float, light: str, dark: str) -> None:
    """A folded towel seen from its fold: three soft layers that meet in a round edge on the right."""
    height = bottom - top
    canvas.fill(box(left, top, right, bottom, height * 0.46), light, dark)
    for share in (0.36, 0.66):
        y = top + height * share
        line = smooth([(left + 26, y + 3), (left + 200, y - 3), (right - 180, y + 3), (right - height * 0.3, y)])
        canvas.stroke(line, 5, dark, opacity=0.8, soft=1.5)
        canvas.stroke([(px, py + 7) for px, py in line], 5, "#ffffff", opacity=0.35, soft=2)
    canvas.fill(box(left + 40, top + 8, right - 60, top + 20, 6), "#ffffff", opacity=0.5, soft=6)


def _oil_bottle(canvas: Canvas) -> None:
    _shadow(canvas, 915, 862, 78, 18)
    glass = box(855, 660, 965, 862, 26)
    canvas.fill(box(893, 590, 927, 680, 8), "#7a4a2a", "#4d2c19", across=True)
    canvas.fill(glass, "#a8683a", "#5d351d", across=True)
    canvas.fill(box(855, 740, 965, 862, 26), "#d08c45", "#7d4722", across=True, opacity=0.85)
    canvas.fill(box(884, 556, 936, 602, 8), "#efe3cf", "#c8b394", across=True)
    canvas.fill(box(870, 690, 880, 840, 5), "#ffffff", opacity=0.45, soft=3)


def _stone(canvas: Canvas, x: float, y: float, rx: float, ry: float, tone: tuple[str, str], tilt: float = 0) -> None:
    outline = ellipse(x, y, rx, ry, squareness=2.35, tilt=tilt)
    canvas.fill(outline, *tone)
    canvas.fill(ellipse(x - rx * 0.2, y - ry * 0.62, rx * 0.62, ry * 0.3, tilt=tilt), "#f6efe2", opacity=0.3, soft=ry * 0.24, within=outline)
    canvas.fill(ellipse(x + rx * 0.2, y + ry * 0.95, rx * 0.95, ry * 0.38, tilt=tilt), "#101d20", opacity=0.5, soft=ry * 0.3, within=outline)


def _stacked_stones(canvas: Canvas) -> None:
    canvas.backdrop("#dbe3da", "#ece4d3", "#f2d9bf", "#eec9a9")
    canvas.glow(450, 430, 620, "#fff5e3", 0.9)
    canvas.fill(ridge(560, 34, 4), "#b9c3b9", "#d8d2c2")
    canvas.fill(ridge(615, 26, 9), "#93aaa4", "#b6c2b5")
    canvas.fill(box(-20, 660, 1520, 1040), "#a9c5be", "#47777a")
    canvas.fill(ellipse(450, 690, 420, 60), "#fdf0da", opacity=0.55, soft=50)
    stack = [(985, 815, 250, 68, 0), (970, 702, 190, 56, 2), (995, 606, 150, 48, -3), (978, 523, 108, 40, 3), (988, 456, 66, 31, -4)]
    tones = [("#5c6a69", "#273739"), ("#7b7f78", "#3d4644"), ("#4e5f61", "#223235"), ("#93897b", "#544d45"), ("#5f6e6d", "#2c3c3e")]
    for (x, y, rx, ry, tilt), (light, dark) in zip(stack, tones, strict=True):
        canvas.fill(ellipse(x, 1766 - y, rx, ry, squareness=2.35, tilt=-tilt), dark, light, opacity=0.34, soft=5)
    for index, radius in enumerate((310, 400, 505, 625)):
        canvas.stroke(ellipse(985, 872, radius, radius * 0.13), 5 - index, "#eef5ee", opacity=0.5 - 0.1 * index, soft=1)
    for (x, y, rx, ry, tilt), tone in zip(stack, tones, strict=True):
        _stone(canvas, x, y, rx, ry, tone, tilt)
    for x, reach, lean in ((90, 560, 60), (135, 660, 20), (180, 500, 95), (60, 460, -20)):
        _reed(canvas, x, 1020, reach, lean, "#35564f")


def _reed(canvas: Canvas, x: float, foot: float, reach: float, lean: float, colour: str) -> None:
    canvas.fill(ribbon(smooth([(x, foot), (x + lean * 0.25, foot - reach * 0.55), (x + lean, foot - reach)]), 15, 1.5), colour)


def _moonrise(canvas: Canvas) -> None:
    canvas.backdrop("#2d5560", "#54808a", "#9cb2ab", "#e0c5ae", "#eebf9f")
    chance = random.Random(6)
    for _ in range(70):
        radius = chance.uniform(0.9, 2.4)
        x, y = chance.uniform(0, 1500), chance.uniform(0, 380)
        canvas.fill(ellipse(x, y, radius, radius), "#fdf6e8", opacity=chance.uniform(0.3, 0.85))
    canvas.glow(750, 400, 560, "#fdeeda", 0.75)
    moon = ellipse(750, 400, 205, 205)
    canvas.fill(moon, "#fff8ea", "#f6d9b9")
    for x, y, rx, ry in ((690, 350, 52, 38), (800, 440, 74, 46), (730, 500, 40, 24), (820, 330, 30, 22)):
        canvas.fill(ellipse(x, y, rx, ry), "#e4c3a2", opacity=0.45, soft=14, within=moon)
    canvas.fill(ridge(560, 52, 11), "#7c8f8c", "#b3a998")
    canvas.fill(ridge(625, 40, 2), "#4f7173", "#7f938b")
    canvas.fill(box(-20, 690, 1520, 1040), "#a9b3a7", "#2a545e")
    canvas.fill(ellipse(750, 705, 900, 20), "#f4dcc0", opacity=0.55, soft=14)
    for index in range(15):
        y = 712 + index * 19 + index * index * 0.35
        half = 190 - index * 4 + 36 * math.sin(index * 2.1)
        canvas.fill(ellipse(750 + 14 * math.sin(index * 1.7), y, half, 3.5 + index * 0.35), "#fff0d8", opacity=0.72 - index * 0.036, soft=2)
    canvas.fill(smooth([(-60, 1040), (-60, 850), (180, 870), (420, 940), (640, 1040)]), NIGHT, "#12282f")
    canvas.fill(smooth([(960, 1040), (1150, 930), (1350, 868), (1560, 850), (1560, 1040)]), NIGHT, "#12282f")
    for x, reach, lean in ((1290, 260, -50), (1330, 330, -20), (1370, 290, 35), (1420, 350, 60), (120, 240, 40), (165, 300, 70), (80, 310, 10)):
        _reed(canvas, x, 940, reach, lean, "#173238")


def _cup(canvas: Canvas, x: float, foot: float, size: float, tone: tuple[str, str]) -> None:
    _shadow(canvas, x, foot, size * 0.85, size * 0.13)
    canvas.stroke(ellipse(x + size * 0.52, foot - size * 0.5, size * 0.22, size * 0.24), size * 0.085, tone[1])
    body = [(x - size * 0.52, foot - size * 0.9), (x + size * 0.52, foot - size * 0.9), (x + size * 0.46, foot - size * 0.32), (x + size * 0.24, foot), (x - size * 0.24, foot), (x - size * 0.46, foot - size * 0.32)]
    side = [body[0], *smooth([body[1], body[2], body[3]]), *smooth([body[4], body[5], body[0]])]
    canvas.fill(side, *tone, across=True)
    canvas.fill(ellipse(x, foot - size * 0.9, size * 0.52, size * 0.1), tone[0])
    canvas.fill(ellipse(x, foot - size * 0.885, size * 0.46, size * 0.075), "#8a4f2c", "#b97440")


def _lamplight(canvas: Canvas) -> None:
    canvas.backdrop("#4a3a35", "#6b4d40", "#8a624b")
    canvas.glow(930, 400, 900, "#f0b878", 0.85)
    canvas.glow(930, 390, 480, "#ffe3b0", 0.9)
    for x in (170, 330):
        canvas.stroke(smooth([(x, -20), (x + 14, 300), (x - 10, 620), (x + 6, 800)]), 120, "#3f322f", opacity=0.35, soft=34)
    _table(canvas, 790, "#8c5a3c", "#5a3727")
    canvas.fill(ellipse(930, 835, 560, 70), "#ffd89a", opacity=0.5, soft=46)
    _shadow(canvas, 930, 850, 150, 22, 0.6)
    base = [(905, 560), (955, 560), (960, 640), (1035, 740), (1010, 850), (850, 850), (825, 740), (900, 640)]
    canvas.fill(smooth(base, closed=True), "#a9b79c", "#53695a", across=True)
    canvas.fill(ellipse(880, 745, 16, 62, tilt=14), "#ffffff", opacity=0.35, soft=9)
    canvas.fill([(800, 240), (1060, 240), (1150, 560), (710, 560)], "#fff0cf", "#f5b96c")
    canvas.fill(ellipse(930, 560, 220, 26), "#ffdc9e", "#e8a152")
    canvas.fill(ellipse(930, 240, 130, 14), "#fff7e2")
    canvas.fill(ellipse(930, 440, 110, 130), "#fffdf2", opacity=0.7, soft=50)
    _cup(canvas, 505, 885, 150, ("#f3e4cd", "#a98564"))
    _cup(canvas, 300, 920, 160, ("#d9a184", "#8a5238"))
    for stem, size in (([(1290, 800), (1300, 640), (1260, 500), (1190, 410)], 74), ([(1292, 800), (1320, 620), (1380, 470), (1460, 400)], 78)):
        _frond(canvas, stem, size, ("#7d8659", "#4b5a3f"))
    canvas.fill(smooth([(1230, 720), (1350, 720), (1375, 800), (1340, 870), (1240, 870), (1205, 800)], closed=True), "#b3694a", "#5d3324", across=True)


def _meadow_path(canvas: Canvas) -> None:
    canvas.backdrop("#bcd8d8", "#dce6d9", "#f5ead2", "#f6dfbd")
    canvas.glow(340, 260, 520, "#fff6e0", 0.95)
    canvas.fill(ellipse(340, 250, 62, 62), "#fffaf0")
    for x, y, size in ((980, 190, 1.0), (1240, 275, 0.7), (640, 145, 0.6)):
        for dx, dy, rx in ((-70, 8, 90), (0, -14, 80), (75, 6, 96)):
            canvas.fill(ellipse(x + dx * size, y + dy * size, rx * size, 26 * size), "#ffffff", opacity=0.6, soft=14)
    canvas.fill(ridge(470, 54, 14), "#a9c0b3", "#cfd9bf")
    canvas.fill(ridge(545, 44, 7), "#8fae93", "#bccb9d")
    near = smooth([(-40, 700), (260, 600), (620, 520), (980, 470), (1300, 500), (1560, 570), (1560, 1060), (-40, 1060)][:6])
    canvas.fill([*near, (1560, 1060), (-40, 1060)], "#90b07f", "#5c8459")
    path = smooth([(1010, 474), (960, 510), (1080, 560), (850, 630), (1040, 730), (700, 850), (760, 1060)])
    canvas.fill(ribbon(path, 9, 330), "#f7e6c6", "#dfc294")
    canvas.fill(box(1046, 330, 1058, 480), "#6f5a44")
    for dx, dy, radius in ((0, 0, 78), (-58, 34, 56), (60, 30, 60), (-22, -46, 52), (34, -40, 50)):
        canvas.fill(ellipse(1052 + dx, 310 + dy, radius, radius * 0.88), "#7d9d6a", "#4f7a55")
    canvas.fill(ellipse(1025, 270, 60, 40), "#d5dfa3", opacity=0.4, soft=22)
    bank = smooth([(-40, 850), (200, 810), (430, 880), (600, 1060)])
    canvas.fill([*bank, (-40, 1060)], "#4f7a55", "#33594a")
    chance = random.Random(12)
    for _ in range(95):
        x = chance.uniform(-10, 520)
        foot = 1010 - max(0, 300 - x) * 0.06 + chance.uniform(-40, 40)
        _reed(canvas, x, foot, chance.uniform(70, 190), chance.uniform(-40, 50), chance.choice(["#3f6b4d", "#5a8557", "#2f5546"]))
    for _ in range(26):
        x, y = chance.uniform(10, 500), chance.uniform(800, 960)
        canvas.fill(ellipse(x, y, 9, 9), chance.choice([BLUSH, CREAM, HONEY, ROSE]), opacity=0.95)


def _pebbles_and_ripples(canvas: Canvas) -> None:
    canvas.backdrop("#cfe0d6", "#a9cac4", "#7fb0ad", "#4f8488")
    canvas.glow(420, 220, 900, "#fdf6e2", 0.7)
    chance = random.Random(31)
    tones = [("#d8c8ae", "#a38d70"), ("#8f9a94", "#566762"), ("#c99f80", "#8d6248"), ("#e9dfcc", "#b8a888"), ("#66787a", "#37494d"), ("#a9b5a3", "#6d7f6e")]
    placed: list[tuple[float, float, float]] = []
    while len(placed) < 34:
        x, y, radius = chance.uniform(0, 1500), chance.uniform(560, 1010), chance.uniform(42, 112)
        if all(math.hypot(x - px, (y - py) * 1.5) > (radius + other) * 0.94 for px, py, other in placed):
            placed.append((x, y, radius))
        elif chance.random() < 0.01:
            break
    for x, y, radius in sorted(placed, key=lambda stone: stone[1]):
        canvas.fill(ellipse(x + 12, y + radius * 0.3, radius * 1.05, radius * 0.66), "#1f474c", opacity=0.45, soft=18)
        _stone(canvas, x, y, radius, radius * 0.64, chance.choice(tones), chance.uniform(-14, 14))
    canvas.fill(box(-20, -20, 1520, 1040), "#b9d6cd", "#4f8a8c", opacity=0.36)
    for index in range(8):
        radius = 60 + index * 92
        ring = ellipse(620, 420, radius, radius * 0.42)
        canvas.stroke([(x, y + 7) for x, y in ring], 9, "#2c6166", opacity=0.24 - index * 0.02, soft=4)
        canvas.stroke(ring, 6, "#ffffff", opacity=0.72 - index * 0.07, soft=2)
    canvas.fill(ellipse(620, 420, 24, 10), "#ffffff", opacity=0.8, soft=3)


def _evening_window(canvas: Canvas) -> None:
    canvas.backdrop("#d9b79b", "#cfa88b", "#b98d74")
    canvas.fill(box(-20, 830, 1520, 1040), "#9a6b52", "#7b5240")
    arch = [*[(750 + 300 * math.cos(math.radians(a)), 400 + 300 * math.sin(math.radians(a))) for a in range(180, 361, 3)], (1050, 780), (450, 780)]
    canvas.fill([(750 + (x - 750) * 1.08, 440 + (y - 440) * 1.06) for x, y in arch], "#f4e6d2", "#e3cdb2")
    canvas.fill(arch, "#7fa3a6", "#f4c59b")
    canvas.fill(ellipse(820, 590, 330, 220), "#ffe2b0", opacity=0.8, soft=90, within=arch)
    canvas.fill(ellipse(820, 575, 66, 66), "#fff4dc", within=arch)
    canvas.fill(ridge(655, 34, 3), "#b98f85", "#c9a48f", within=arch)
    canvas.fill(ridge(705, 24, 8), "#7d7f78", "#8b8d7d", within=arch)
    canvas.fill(ridge(745, 16, 5), "#46625d", within=arch)
    for left, right in ((744, 756), (594, 602), (898, 906)):
        canvas.fill(box(left, 60, right, 790), "#f4e6d2", within=arch)
    canvas.fill(box(440, 452, 1060, 462), "#f4e6d2", within=arch)
    canvas.fill(box(400, 776, 1100, 808, 8), "#f8ecda", "#d9bf9f")
    canvas.fill([(470, 860), (1030, 860), (1340, 1040), (620, 1040)], "#ffdca6", opacity=0.4, soft=22)
    _armchair(canvas)
    canvas.fill(smooth([(170, 730), (330, 730), (315, 860), (290, 930), (210, 930), (185, 860)], closed=True), "#e9d9c1", "#b39271", across=True)
    for angle, length in ((-128, 300), (-112, 400), (-96, 470), (-82, 450), (-66, 390), (-50, 290)):
        canvas.fill(leaf(250, 745, length, length * 0.23, angle), "#7f9d7c", "#3f6152")


def _armchair(canvas: Canvas) -> None:
    _shadow(canvas, 1225, 952, 260, 26, 0.5)
    for x in (1040, 1400):
        canvas.fill([(x - 12, 900), (x + 12, 900), (x + 6, 962), (x - 6, 962)], "#4b3226")
    canvas.fill(box(1020, 430, 1420, 900, 120), "#6f918a", "#3f6562")
    canvas.fill(box(1070, 480, 1370, 820, 80), "#84a59b", "#547a74", opacity=0.75)
    canvas.fill(box(1060, 730, 1380, 850, 46), "#9bb8ab", "#5f857d")
    canvas.fill(box(1010, 840, 1430, 915, 30), "#547a74", "#355854")
    for left in (968, 1368):
        canvas.fill(box(left, 650, left + 104, 918, 50), "#7b9c94", "#3b605d")
    canvas.fill(box(1130, 610, 1300, 760, 34), "#f0c9a4", "#d0966f")


def _stepping_stones(canvas: Canvas) -> None:
    canvas.backdrop("#e6e7da", "#f3e2ca", "#efcfb2")
    canvas.glow(1120, 200, 560, "#fff7e6", 0.9)
    canvas.fill(ridge(300, 36, 19), "#b9c8b8", "#d6d6c0")
    canvas.fill(ridge(355, 24, 6), "#8fa991", "#b0c0a1")
    canvas.fill(box(-20, 400, 1520, 1040), "#c3d8cd", "#3f7377")
    canvas.fill(ellipse(1120, 440, 430, 40), "#fff1da", opacity=0.7, soft=34)
    for x, y, rx in ((300, 510, 200), (1240, 610, 240), (210, 720, 230), (1290, 850, 260)):
        canvas.stroke(smooth([(x - rx, y), (x - rx / 3, y - 7), (x + rx / 3, y + 6), (x + rx, y)]), 5, "#f3f7ee", opacity=0.5, soft=2)
    stones = [(905, 448, 52), (830, 487, 70), (890, 538, 92), (765, 602, 118), (850, 690, 150), (660, 795, 186), (800, 930, 236)]
    for x, y, rx in stones:
        for share, opacity in ((1.42, 0.26), (1.2, 0.45)):
            canvas.stroke(ellipse(x, y + rx * 0.13, rx * share, rx * 0.3 * share), 1.5 + rx * 0.014, "#f5f9f2", opacity=opacity, soft=1)
        canvas.fill(ellipse(x, y + rx * 0.22, rx * 1.02, rx * 0.3), "#204a50", opacity=0.55, soft=rx * 0.06)
        canvas.fill(ellipse(x, y + rx * 0.1, rx, rx * 0.28, squareness=2.5), "#6b7a74", "#3a4c4b")
        top = ellipse(x, y, rx, rx * 0.27, squareness=2.5)
        canvas.fill(top, "#cfc9b6", "#979b8b")
        canvas.fill(ellipse(x - rx * 0.3, y - rx * 0.1, rx * 0.6, rx * 0.12), "#fdf6e6", opacity=0.6, soft=rx * 0.08, within=top)
    chance = random.Random(44)
    for side in (0, 1):
        for _ in range(34):
            x = chance.gauss(80, 85) if side == 0 else chance.gauss(1440, 75)
            _reed(canvas, x, 1020, chance.uniform(280, 640), chance.uniform(-60, 90) * (1 - 2 * side), chance.choice(["#45694f", "#5d8460", "#2f5547"]))


def _tea_by_the_window(canvas: Canvas) -> None:
    canvas.backdrop("#dfe6dc", "#e9e6d6", "#f4e4cc")
    canvas.fill(ridge(470, 50, 23), "#bccabb", "#dcdcc8")
    canvas.fill(ridge(560, 40, 10), "#9cb3a0", "#c4cdb4")
    canvas.glow(420, 260, 640, "#fffaf0", 0.9)
    for left, right in ((-20, 46), (716, 752), (1440, 1520)):
        canvas.fill(box(left, -20, right, 780), "#fffdf7", "#eadfce", across=True)
    canvas.fill(box(-20, -20, 1520, 34), "#fffdf7", "#eadfce")
    canvas.fill(box(-20, 715, 1520, 775), "#f3ead9", "#ddcdb5")
    _table(canvas, 770, "#f8eedd", "#d5bd9b")
    canvas.fill(ellipse(985, 900, 290, 42), "#5b4a3a", opacity=0.3, soft=24)
    canvas.fill(ellipse(930, 886, 285, 46), "#f9f4ea", "#cdbfa9")
    canvas.fill(ellipse(930, 878, 205, 28), "#d8cbb6", "#f0e8da")
    _cup(canvas, 930, 890, 330, ("#c9d5c3", "#6c8a73"))
    for shift, height in ((-62, 300), (6, 380), (70, 270)):
        steam = smooth([(930 + shift, 570), (955 + shift, 570 - height * 0.35), (905 + shift, 570 - height * 0.7), (945 + shift, 570 - height)])
        canvas.fill(ribbon(steam, 34, 4), "#ffffff", opacity=0.7, soft=13)
    _shadow(canvas, 385, 905, 250, 24)
    for left, top, right, colour in ((150, 838, 600, CLAY), (180, 772, 580, TEAL)):
        canvas.fill(box(left, top, right, top + 66, 10), colour, "#3b4a45")
        canvas.fill(box(left + 10, top + 14, right - 4, top + 54, 6), "#fbf5e8", "#dccdb3")


def _sprig_in_a_vase(canvas: Canvas) -> None:
    canvas.backdrop("#f4ebde", "#efe0cb", "#e8d2b6")
    canvas.glow(1080, 240, 820, "#fffaf0", 0.85)
    canvas.fill(ellipse(760, 400, 330, 330), "#e6b998", "#f0d6bd", opacity=0.75)
    _table(canvas, 800, "#d9bd99", "#bf9a73")
    stems: list[tuple[list[Point], float]] = [
        ([(745, 640), (720, 480), (640, 330), (520, 230)], 100),
        ([(755, 640), (770, 440), (790, 260), (760, 90)], 112),
        ([(765, 640), (820, 490), (920, 370), (1050, 310)], 96),
    ]
    for stem, size in stems:
        line = smooth(stem)
        canvas.fill(ribbon(line, 9, 3), "#5d7453")
        for index in range(8, len(line), 5):
            (x, y), (behind_x, behind_y) = line[index], line[index - 1]
            heading = math.degrees(math.atan2(y - behind_y, x - behind_x))
            side = 1 if index % 2 else -1
            canvas.fill(leaf(x, y, size, size * 0.48, heading + side * 46), "#9db38c", "#52765a")
            canvas.stroke([(x, y), leaf(x, y, size * 0.8, 1, heading + side * 46)[24]], 2, "#e3ead2", opacity=0.55)
    _shadow(canvas, 800, 905, 240, 30)
    pot = smooth([(700, 622), (820, 622), (845, 690), (925, 780), (880, 890), (760, 908), (640, 890), (595, 780), (675, 690)], closed=True)
    canvas.fill(pot, "#d99a74", "#9c5a3c", across=True)
    canvas.fill(ellipse(690, 770, 40, 80, tilt=16), "#fff2e0", opacity=0.4, soft=24, within=pot)
    canvas.fill(ellipse(760, 634, 66, 14), "#7a432c")


SCENES: dict[str, Callable[[Canvas], None]] = {
    "valley-at-dawn": _valley_at_dawn,
    "towels-and-fern": _towels_and_fern,
    "stacked-stones": _stacked_stones,
    "moonrise": _moonrise,
    "lamplight": _lamplight,
    "meadow-path": _meadow_path,
    "pebbles-and-ripples": _pebbles_and_ripples,
    "evening-window": _evening_window,
    "stepping-stones": _stepping_stones,
    "tea-by-the-window": _tea_by_the_window,
    "sprig-in-a-vase": _sprig_in_a_vase,
}
