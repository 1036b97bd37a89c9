"""Scenes from the treatment rooms: towels, a lamp, a window, tea. Each paints one picture on a canvas."""

import math

from .canvas import Canvas, Outline, Point, box, ellipse, leaf, ribbon, ridge, smooth

CLAY = "#c07a56"
MOSS = "#71896d"
FERN = "#496652"
TEAL = "#5b8c8a"
DEEP = "#2f5a5d"


def towels_and_fern(canvas: Canvas) -> None:
    canvas.backdrop("#f3e8d8", "#efdfc9", "#e7d2b6")
    canvas.glow(420, 250, 800, "#fffaf0", 0.85)
    canvas.fill(ellipse(1150, 330, 250, 250), "#e9cdb0", "#efdcc4", opacity=0.65)
    _table(canvas, 760, "#d3b08a", "#b98f68")
    _frond(canvas, [(1105, 800), (1150, 600), (1260, 420), (1420, 320)], 120, ("#7f9a78", "#567258"))
    _frond(canvas, [(1090, 800), (1080, 600), (1020, 410), (900, 270)], 112, ("#93aa88", "#66835f"))
    _frond(canvas, [(1100, 800), (1125, 560), (1150, 350), (1110, 150)], 125, (MOSS, FERN))
    _shadow(canvas, 1100, 822, 130, 26)
    canvas.fill(
        smooth([(1000, 650), (1200, 650), (1182, 770), (1150, 822), (1050, 822), (1018, 770)], closed=True),
        "#d28f69",
        "#a8603f",
        across=True,
    )
    canvas.fill(ellipse(1100, 652, 101, 20), "#8b4c31")
    _shadow(canvas, 500, 842, 380, 34)
    towels = [
        (180, 700, 830, 838, "#f9f4ea", "#d9cbb4"),
        (205, 575, 805, 706, "#b8c8b4", "#859f84"),
        (228, 458, 782, 582, "#f2cfb6", "#d19f82"),
    ]
    for left, top, right, bottom, light, dark in towels:
        _towel(canvas, left, top, right, bottom, light, dark)
    _oil_bottle(canvas)


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


def _towel(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, light: str, dark: str
) -> None:
    """A folded towel seen from its fold: three soft layers that meet in a round edge on the right."""
    height = bottom - top
    canvas.fill(box(left, top, right, bottom, height * 0.46), light, dark)
    for share in (0.36, 0.66):
        y = top + height * share
        line = smooth(
            [(left + 26, y + 3), (left + 200, y - 3), (right - 180, y + 3), (right - height * 0.3, y)]
        )
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


def lamplight(canvas: Canvas) -> None:
    canvas.backdrop("#4a3a35", "#6b4d40", "#8a624b")
    canvas.glow(930, 400, 900, "#f0b878", 0.85)
    canvas.glow(930, 390, 480, "#ffe3b0", 0.9)
    for x in (170, 330):
        canvas.stroke(
            smooth([(x, -20), (x + 14, 300), (x - 10, 620), (x + 6, 800)]),
            120,
            "#3f322f",
            opacity=0.35,
            soft=34,
        )
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
    for stem, size in (
        ([(1290, 800), (1300, 640), (1260, 500), (1190, 410)], 74),
        ([(1292, 800), (1320, 620), (1380, 470), (1460, 400)], 78),
    ):
        _frond(canvas, stem, size, ("#7d8659", "#4b5a3f"))
    canvas.fill(
        smooth([(1230, 720), (1350, 720), (1375, 800), (1340, 870), (1240, 870), (1205, 800)], closed=True),
        "#b3694a",
        "#5d3324",
        across=True,
    )


def evening_window(canvas: Canvas) -> None:
    canvas.backdrop("#d9b79b", "#cfa88b", "#b98d74")
    canvas.fill(box(-20, 830, 1520, 1040), "#9a6b52", "#7b5240")
    arch = [
        *[
            (750 + 300 * math.cos(math.radians(a)), 400 + 300 * math.sin(math.radians(a)))
            for a in range(180, 361, 3)
        ],
        (1050, 780),
        (450, 780),
    ]
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
    canvas.fill(
        smooth([(170, 730), (330, 730), (315, 860), (290, 930), (210, 930), (185, 860)], closed=True),
        "#e9d9c1",
        "#b39271",
        across=True,
    )
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


def tea_by_the_window(canvas: Canvas) -> None:
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
    canvas.fill(ellipse(930, 896, 285, 44), "#b9a98f", "#a08c70")
    canvas.fill(ellipse(930, 886, 285, 42), "#fdf9f0", "#e9dfcd")
    canvas.fill(ellipse(930, 884, 190, 24), "#cfc0a6", "#f4ecde")
    _cup(canvas, 930, 892, 330, ("#c9d5c3", "#6c8a73"), shadow=0.12)
    for shift, height in ((-62, 300), (6, 380), (70, 270)):
        steam = smooth(
            [
                (930 + shift, 570),
                (955 + shift, 570 - height * 0.35),
                (905 + shift, 570 - height * 0.7),
                (945 + shift, 570 - height),
            ]
        )
        canvas.fill(ribbon(steam, 34, 4), "#ffffff", opacity=0.7, soft=13)
    _shadow(canvas, 385, 905, 250, 24)
    for left, top, right, colour, shade in ((150, 838, 600, CLAY, "#8f5539"), (185, 772, 570, TEAL, DEEP)):
        canvas.fill(box(left, top, right, top + 66, 12), colour, shade)
        canvas.fill(box(left + 26, top + 11, right + 2, top + 55), "#fbf5e8", "#dccdb3")
        for line in (22, 33, 44):
            canvas.fill(box(left + 26, top + line, right + 2, top + line + 2), "#b9a98f", opacity=0.5)


def sprig_in_a_vase(canvas: Canvas) -> None:
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
            canvas.stroke(
                [(x, y), leaf(x, y, size * 0.8, 1, heading + side * 46)[24]], 2, "#e3ead2", opacity=0.55
            )
    _shadow(canvas, 800, 905, 240, 30)
    pot = smooth(
        [
            (700, 622),
            (820, 622),
            (845, 690),
            (925, 780),
            (880, 890),
            (760, 908),
            (640, 890),
            (595, 780),
            (675, 690),
        ],
        closed=True,
    )
    canvas.fill(pot, "#d99a74", "#9c5a3c", across=True)
    canvas.fill(ellipse(690, 770, 40, 80, tilt=16), "#fff2e0", opacity=0.4, soft=24, within=pot)
    canvas.fill(ellipse(760, 634, 66, 14), "#7a432c")


def _table(canvas: Canvas, y: float, top: str, bottom: str) -> None:
    canvas.fill(box(-20, y, 1520, 1040), top, bottom)
    canvas.fill(box(-20, y, 1520, y + 7), "#ffffff", opacity=0.3)


def _shadow(canvas: Canvas, x: float, y: float, rx: float, ry: float, opacity: float = 0.35) -> None:
    canvas.fill(ellipse(x, y, rx, ry), "#4a3a2c", opacity=opacity, soft=ry * 0.6)


def _cup(
    canvas: Canvas, x: float, foot: float, size: float, tone: tuple[str, str], shadow: float = 0.35
) -> None:
    _shadow(canvas, x, foot, size * 0.6, size * 0.1, shadow)
    canvas.stroke(
        ellipse(x + size * 0.52, foot - size * 0.5, size * 0.22, size * 0.24), size * 0.085, tone[1]
    )
    body = [
        (x - size * 0.52, foot - size * 0.9),
        (x + size * 0.52, foot - size * 0.9),
        (x + size * 0.46, foot - size * 0.32),
        (x + size * 0.24, foot),
        (x - size * 0.24, foot),
        (x - size * 0.46, foot - size * 0.32),
    ]
    side = [body[0], *smooth([body[1], body[2], body[3]]), *smooth([body[4], body[5], body[0]])]
    canvas.fill(side, *tone, across=True)
    canvas.fill(ellipse(x, foot - size * 0.9, size * 0.52, size * 0.1), tone[0])
    canvas.fill(ellipse(x, foot - size * 0.885, size * 0.46, size * 0.075), "#8a4f2c", "#b97440")
