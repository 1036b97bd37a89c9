"""Scenes from out of doors: hills, water, stones and a meadow. Each paints one picture on a canvas."""

import math
import random

from .canvas import Canvas, box, ellipse, lane, ribbon, ridge, smooth

CREAM = "#f8f1e4"
HONEY = "#e6b877"
BLUSH = "#efc7ae"
ROSE = "#d99b83"
NIGHT = "#1d3a42"


def valley_at_dawn(canvas: Canvas) -> None:
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
    river = smooth([(1010, 728), (960, 760), (1020, 800), (900, 850), (960, 905), (800, 1040)])
    canvas.fill(lane(river, 6, 330), "#fbe8cf", "#cfdcd2", opacity=0.92)
    for x, height in ((110, 150), (165, 220), (228, 175), (1335, 205), (1398, 150)):
        _fir(canvas, x, 945, height, "#25474a")
    canvas.fill(ridge(935, 34, 17), "#27484a", "#16343a")


def _fir(canvas: Canvas, x: float, foot: float, height: float, colour: str) -> None:
    canvas.fill(box(x - 5, foot - height * 0.2, x + 5, foot + 60), colour)
    for tier in range(4):
        top = foot - height * (1 - 0.2 * tier)
        half = height * (0.09 + 0.045 * tier)
        canvas.fill([(x, top), (x + half, top + height * 0.32), (x - half, top + height * 0.32)], colour)


def stacked_stones(canvas: Canvas) -> None:
    canvas.backdrop("#dbe3da", "#ece4d3", "#f2d9bf", "#eec9a9")
    canvas.glow(450, 430, 620, "#fff5e3", 0.9)
    canvas.fill(ridge(560, 34, 4), "#b9c3b9", "#d8d2c2")
    canvas.fill(ridge(615, 26, 9), "#93aaa4", "#b6c2b5")
    canvas.fill(box(-20, 660, 1520, 1040), "#a9c5be", "#47777a")
    canvas.fill(ellipse(450, 690, 420, 60), "#fdf0da", opacity=0.55, soft=50)
    stack = [
        (985, 815, 250, 68, 0),
        (970, 702, 190, 56, 2),
        (995, 606, 150, 48, -3),
        (978, 523, 108, 40, 3),
        (988, 456, 66, 31, -4),
    ]
    tones = [
        ("#5c6a69", "#273739"),
        ("#7b7f78", "#3d4644"),
        ("#4e5f61", "#223235"),
        ("#93897b", "#544d45"),
        ("#5f6e6d", "#2c3c3e"),
    ]
    for (x, y, rx, ry, tilt), (light, dark) in zip(stack, tones, strict=True):
        canvas.fill(
            ellipse(x, 1766 - y, rx, ry, squareness=2.35, tilt=-tilt), dark, light, opacity=0.34, soft=5
        )
    for index, radius in enumerate((310, 400, 505, 625)):
        canvas.stroke(
            ellipse(985, 872, radius, radius * 0.13), 5 - index, "#eef5ee", opacity=0.5 - 0.1 * index, soft=1
        )
    for (x, y, rx, ry, tilt), tone in zip(stack, tones, strict=True):
        _stone(canvas, x, y, rx, ry, tone, tilt)
    for x, reach, lean in ((90, 560, 60), (135, 660, 20), (180, 500, 95), (60, 460, -20)):
        _reed(canvas, x, 1020, reach, lean, "#35564f")


def _stone(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, tone: tuple[str, str], tilt: float = 0
) -> None:
    outline = ellipse(x, y, rx, ry, squareness=2.35, tilt=tilt)
    canvas.fill(outline, *tone)
    canvas.fill(
        ellipse(x - rx * 0.2, y - ry * 0.62, rx * 0.62, ry * 0.3, tilt=tilt),
        "#f6efe2",
        opacity=0.3,
        soft=ry * 0.24,
        within=outline,
    )
    canvas.fill(
        ellipse(x + rx * 0.2, y + ry * 0.95, rx * 0.95, ry * 0.38, tilt=tilt),
        "#101d20",
        opacity=0.5,
        soft=ry * 0.3,
        within=outline,
    )


def _reed(canvas: Canvas, x: float, foot: float, reach: float, lean: float, colour: str) -> None:
    canvas.fill(
        ribbon(
            smooth([(x, foot), (x + lean * 0.25, foot - reach * 0.55), (x + lean, foot - reach)]), 15, 1.5
        ),
        colour,
    )


def moonrise(canvas: Canvas) -> None:
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
        canvas.fill(
            ellipse(750 + 14 * math.sin(index * 1.7), y, half, 3.5 + index * 0.35),
            "#fff0d8",
            opacity=0.72 - index * 0.036,
            soft=2,
        )
    for x, reach, lean in (
        (1290, 260, -50),
        (1330, 330, -20),
        (1370, 290, 35),
        (1420, 350, 60),
        (120, 240, 40),
        (165, 300, 70),
        (80, 310, 10),
    ):
        _reed(canvas, x, 960, reach, lean, "#1b363e")
    canvas.fill(smooth([(-60, 1040), (-60, 850), (180, 870), (420, 940), (640, 1040)]), NIGHT, "#12282f")
    canvas.fill(smooth([(960, 1040), (1150, 930), (1350, 868), (1560, 850), (1560, 1040)]), NIGHT, "#12282f")


def meadow_path(canvas: Canvas) -> None:
    canvas.backdrop("#bcd8d8", "#dce6d9", "#f5ead2", "#f6dfbd")
    canvas.glow(340, 260, 520, "#fff6e0", 0.95)
    canvas.fill(ellipse(340, 250, 62, 62), "#fffaf0")
    for x, y, size in ((980, 190, 1.0), (1240, 275, 0.7), (640, 145, 0.6)):
        for dx, dy, rx in ((-70, 8, 90), (0, -14, 80), (75, 6, 96)):
            canvas.fill(
                ellipse(x + dx * size, y + dy * size, rx * size, 26 * size), "#ffffff", opacity=0.6, soft=14
            )
    canvas.fill(ridge(470, 54, 14), "#a9c0b3", "#cfd9bf")
    canvas.fill(ridge(545, 44, 7), "#8fae93", "#bccb9d")
    near = smooth(
        [(-40, 700), (260, 600), (620, 520), (980, 470), (1300, 500), (1560, 570), (1560, 1060), (-40, 1060)][
            :6
        ]
    )
    canvas.fill([*near, (1560, 1060), (-40, 1060)], "#90b07f", "#5c8459")
    path = smooth([(1004, 471), (1040, 500), (960, 545), (1050, 610), (900, 700), (980, 830), (800, 1060)])
    canvas.fill(lane(path, 8, 430), "#f7e6c6", "#dfc294")
    canvas.fill(box(1046, 330, 1058, 480), "#6f5a44")
    for dx, dy, radius in ((0, 0, 78), (-58, 34, 56), (60, 30, 60), (-22, -46, 52), (34, -40, 50)):
        canvas.fill(ellipse(1052 + dx, 310 + dy, radius, radius * 0.88), "#7d9d6a", "#4f7a55")
    canvas.fill(ellipse(1025, 270, 60, 40), "#d5dfa3", opacity=0.4, soft=22)
    bank = smooth([(-40, 850), (200, 810), (430, 880), (600, 1060)])
    canvas.fill([*bank, (-40, 1060)], "#4f7a55", "#33594a")
    chance = random.Random(12)
    for _ in range(95):
        place = chance.uniform(-10, 520)
        foot = 1010 - max(0, 300 - place) * 0.06 + chance.uniform(-40, 40)
        reach, lean = chance.uniform(70, 190), chance.uniform(-40, 50)
        _reed(canvas, place, foot, reach, lean, chance.choice(["#3f6b4d", "#5a8557", "#2f5546"]))
    for _ in range(26):
        flower = ellipse(chance.uniform(10, 500), chance.uniform(800, 960), 9, 9)
        canvas.fill(flower, chance.choice([BLUSH, CREAM, HONEY, ROSE]), opacity=0.95)


def pebbles_and_ripples(canvas: Canvas) -> None:
    canvas.backdrop("#cfe0d6", "#a9cac4", "#7fb0ad", "#4f8488")
    canvas.glow(420, 220, 900, "#fdf6e2", 0.7)
    chance = random.Random(31)
    tones = [
        ("#d8c8ae", "#a38d70"),
        ("#8f9a94", "#566762"),
        ("#c99f80", "#8d6248"),
        ("#e9dfcc", "#b8a888"),
        ("#66787a", "#37494d"),
        ("#a9b5a3", "#6d7f6e"),
    ]
    placed: list[tuple[float, float, float]] = []
    for _ in range(1500):
        x, y, radius = chance.uniform(0, 1500), chance.uniform(600, 1020), chance.uniform(44, 116)
        if all(math.hypot(x - px, (y - py) * 1.5) > (radius + other) * 0.9 for px, py, other in placed):
            placed.append((x, y, radius))
    for x, y, radius in sorted(placed, key=lambda stone: stone[1]):
        canvas.fill(
            ellipse(x + 12, y + radius * 0.3, radius * 1.05, radius * 0.66), "#1f474c", opacity=0.45, soft=18
        )
        _stone(canvas, x, y, radius, radius * 0.64, chance.choice(tones), chance.uniform(-14, 14))
    canvas.fill(box(-20, -20, 1520, 1040), "#b9d6cd", "#4f8a8c", opacity=0.36)
    for index in range(8):
        radius = 60 + index * 92
        ring = ellipse(620, 420, radius, radius * 0.42)
        canvas.stroke([(x, y + 7) for x, y in ring], 9, "#2c6166", opacity=0.24 - index * 0.02, soft=4)
        canvas.stroke(ring, 6, "#ffffff", opacity=0.72 - index * 0.07, soft=2)
    canvas.fill(ellipse(620, 420, 24, 10), "#ffffff", opacity=0.8, soft=3)


def stepping_stones(canvas: Canvas) -> None:
    canvas.backdrop("#e6e7da", "#f3e2ca", "#efcfb2")
    canvas.glow(1120, 200, 560, "#fff7e6", 0.9)
    canvas.fill(ridge(300, 36, 19), "#b9c8b8", "#d6d6c0")
    canvas.fill(ridge(355, 24, 6), "#8fa991", "#b0c0a1")
    canvas.fill(box(-20, 400, 1520, 1040), "#c3d8cd", "#3f7377")
    canvas.fill(ellipse(1120, 440, 430, 40), "#fff1da", opacity=0.7, soft=34)
    for x, y, rx in ((300, 510, 200), (1240, 610, 240), (210, 720, 230), (1290, 850, 260)):
        canvas.stroke(
            smooth([(x - rx, y), (x - rx / 3, y - 7), (x + rx / 3, y + 6), (x + rx, y)]),
            5,
            "#f3f7ee",
            opacity=0.5,
            soft=2,
        )
    stones = [
        (905, 448, 52),
        (830, 487, 70),
        (890, 538, 92),
        (765, 602, 118),
        (850, 690, 150),
        (660, 795, 186),
        (800, 930, 236),
    ]
    for x, y, rx in stones:
        for share, opacity in ((1.42, 0.26), (1.2, 0.45)):
            canvas.stroke(
                ellipse(x, y + rx * 0.13, rx * share, rx * 0.3 * share),
                1.5 + rx * 0.014,
                "#f5f9f2",
                opacity=opacity,
                soft=1,
            )
        canvas.fill(ellipse(x, y + rx * 0.22, rx * 1.02, rx * 0.3), "#204a50", opacity=0.55, soft=rx * 0.06)
        canvas.fill(ellipse(x, y + rx * 0.1, rx, rx * 0.28, squareness=2.5), "#6b7a74", "#3a4c4b")
        top = ellipse(x, y, rx, rx * 0.27, squareness=2.5)
        canvas.fill(top, "#cfc9b6", "#979b8b")
        canvas.fill(
            ellipse(x - rx * 0.3, y - rx * 0.1, rx * 0.6, rx * 0.12),
            "#fdf6e6",
            opacity=0.6,
            soft=rx * 0.08,
            within=top,
        )
    chance = random.Random(44)
    for middle, spread, turn in ((80, 85, 1), (1440, 75, -1)):
        for _ in range(34):
            place = chance.gauss(middle, spread)
            reach, lean = chance.uniform(280, 640), chance.uniform(-60, 90) * turn
            _reed(canvas, place, 1020, reach, lean, chance.choice(["#45694f", "#5d8460", "#2f5547"]))
