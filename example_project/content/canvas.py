"""A small painting surface over Pillow: soft gradients, smooth outlines, glows and grain.

Scenes are drawn in units of a sheet 1500 wide and 1000 high, whatever the size in pixels. Everything is a
closed outline filled with a gradient, so a stone, a hill and a leaf are painted by the same method.
"""

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

Point = tuple[float, float]
Outline = Sequence[Point]

WIDTH, HEIGHT = 1500, 1000
OVERSAMPLING = 2  # drawn twice as large and reduced, since ImageDraw does not smooth edges
DISC_RIM = 255 / math.sqrt(2)  # the level of Pillow's radial gradient at the middle of a side


class Canvas:
    """A sheet to paint on; `finished()` returns the picture in the size asked for."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.scale = OVERSAMPLING * max(size[0] / WIDTH, size[1] / HEIGHT)
        self.image = Image.new("RGB", (round(WIDTH * self.scale), round(HEIGHT * self.scale)))

    def backdrop(self, *colours: str) -> None:
        """Cover the sheet with colours evenly spread from top to bottom."""
        column = Image.new("RGB", (1, len(colours)))
        column.putdata([ImageColor.getrgb(colour) for colour in colours])
        # Stretching a column blends between pixel centres; the box leaves the half pixels outside.
        box = (0, 0.5, 1, len(colours) - 0.5)
        self.image.paste(column.resize(self.image.size, Image.Resampling.BILINEAR, box=box))

    def fill(
        self,
        outline: Outline,
        colour: str,
        to: str | None = None,
        *,
        across: bool = False,
        opacity: float = 1.0,
        soft: float = 0.0,
        within: Outline | None = None,
    ) -> None:
        """Fill `outline` with `colour`, blending into `to` downwards (or to the right if `across`).

        `soft` blurs the edge by that many units; `within` keeps the paint inside a second outline.
        """
        box = self._box(outline, soft)
        if box is None:
            return
        mask = self._mask(outline, box)
        if soft:
            mask = mask.filter(ImageFilter.GaussianBlur(soft * self.scale))
        if within:
            mask = ImageChops.multiply(mask, self._mask(within, box))
        if opacity < 1:
            mask = mask.point([round(level * opacity) for level in range(256)])
        self.image.paste(_gradient(mask.size, colour, to or colour, across), box[:2], mask)

    def stroke(
        self, points: Outline, width: float, colour: str, *, opacity: float = 1.0, soft: float = 0
    ) -> None:
        """Draw a line of even width, with round ends unless they would show through it."""
        self.fill(ribbon(points, width, width), colour, opacity=opacity, soft=soft)
        for x, y in (points[0], points[-1]) if opacity == 1 else ():
            self.fill(ellipse(x, y, width / 2, width / 2), colour, soft=soft)

    def glow(self, x: float, y: float, radius: float, colour: str, opacity: float = 1.0) -> None:
        """Shed light of `colour` around a point, fading out at `radius`."""
        side = max(2, round(2 * radius * self.scale))
        # Pillow's gradient reaches to the corners of its square, so it is cut off at the rim of the disc.
        distances = Image.radial_gradient("L").resize((side, side), Image.Resampling.BICUBIC)
        # It is squared, because light that fades in a straight line shows a rim.
        light = distances.point(
            [round(255 * opacity * max(0, 1 - level / DISC_RIM) ** 2) for level in range(256)]
        )
        corner = (round((x - radius) * self.scale), round((y - radius) * self.scale))
        self.image.paste(Image.new("RGB", light.size, colour), corner, light)

    def finished(self, grain_seed: int) -> Image.Image:
        """Reduce to the size asked for and add a little grain, which keeps wide gradients from banding."""
        picture = ImageOps.fit(self.image, self.size, Image.Resampling.BOX)
        noise = Image.frombytes("L", self.size, random.Random(grain_seed).randbytes(math.prod(self.size)))
        grain = noise.point([121 + level // 18 for level in range(256)]).convert("RGB")
        return ImageChops.overlay(picture, grain)

    def _box(self, outline: Outline, soft: float) -> tuple[int, int, int, int] | None:
        """The pixels that the outline can touch: painting only these keeps large pictures quick."""
        margin = 3 * soft + 2
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        left, top = (
            max(0, math.floor((min(xs) - margin) * self.scale)),
            max(0, math.floor((min(ys) - margin) * self.scale)),
        )
        right = min(self.image.width, math.ceil((max(xs) + margin) * self.scale))
        bottom = min(self.image.height, math.ceil((max(ys) + margin) * self.scale))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _mask(self, outline: Outline, box: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        points = [(x * self.scale - box[0], y * self.scale - box[1]) for x, y in outline]
        ImageDraw.Draw(mask).polygon(points, fill=255)
        return mask


def _gradient(size: tuple[int, int], start: str, end: str, across: bool) -> Image.Image:
    if start == end:
        return Image.new("RGB", size, start)
    ramp = Image.linear_gradient("L")
    if across:
        ramp = ramp.transpose(Image.Transpose.ROTATE_90)
    return ImageOps.colorize(ramp, start, end).resize(size, Image.Resampling.BILINEAR)


def smooth(points: Outline, *, closed: bool = False, steps: int = 14) -> list[Point]:
    """A curve through the points (Catmull-Rom)."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        around = [index - 1, index, index + 1, index + 2]
        around = [i % count if closed else min(max(i, 0), count - 1) for i in around]
        before, start, end, after = (points[i] for i in around)
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _spline(before[0], start[0], end[0], after[0], t),
                    _spline(before[1], start[1], end[1], after[1], t),
                )
            )
    return curve if closed else [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def ellipse(
    x: float, y: float, rx: float, ry: float, *, squareness: float = 2.0, tilt: float = 0.0
) -> list[Point]:
    """An ellipse tilted by degrees; a `squareness` above 2 fills its corners, like a worn stone."""
    turn_cos, turn_sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    outline = []
    for step in range(181):
        angle = math.tau * step / 180
        u = rx * math.copysign(abs(math.cos(angle)) ** (2 / squareness), math.cos(angle))
        v = ry * math.copysign(abs(math.sin(angle)) ** (2 / squareness), math.sin(angle))
        outline.append((x + u * turn_cos - v * turn_sin, y + u * turn_sin + v * turn_cos))
    return outline


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> list[Point]:
    """A rectangle with rounded corners."""
    corners = [(right, top, -90), (right, bottom, 0), (left, bottom, 90), (left, top, 180)]
    outline: list[Point] = []
    for x, y, start in corners:
        cx = x - radius if x == right else x + radius
        cy = y + radius if y == top else y - radius
        angles = [math.radians(start + step * 9) for step in range(11)]
        outline += [(cx + radius * math.cos(angle), cy + radius * math.sin(angle)) for angle in angles]
    return outline


def ridge(y: float, rise: float, seed: int, *, roughness: int = 4) -> list[Point]:
    """The outline of a line of hills around height `y`, closed along the bottom of the sheet."""
    chance = random.Random(seed)
    waves = [
        (rise / (n + 1), chance.uniform(0.7, 1.3) * (n + 1) / 420, chance.uniform(0, 6))
        for n in range(roughness)
    ]
    top = [
        (float(x), y + sum(height * math.sin(pace * x + start) for height, pace, start in waves))
        for x in range(-20, WIDTH + 40, 12)
    ]
    return [*top, (WIDTH + 40.0, HEIGHT + 40.0), (-20.0, HEIGHT + 40.0)]


def ribbon(points: Outline, width: float, end_width: float) -> list[Point]:
    """The outline of a line that goes from one width to another: a stem, a path, a ripple."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for index, (x, y) in enumerate(points):
        ahead, behind = points[min(index + 1, last)], points[max(index - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = math.hypot(dx, dy) or 1.0
        half = (width + (end_width - width) * index / max(last, 1)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return left + right[::-1]


def lane(points: Outline, width: float, end_width: float) -> list[Point]:
    """The outline of a river or a path that comes towards us: like a ribbon, but widened sideways only.

    The points run down the sheet; tight bends of a wide ribbon would cross themselves.
    """
    last = len(points) - 1
    halves = [(width + (end_width - width) * (index / last) ** 1.6) / 2 for index in range(last + 1)]
    left = [(x - half, y) for (x, y), half in zip(points, halves, strict=True)]
    right = [(x + half, y) for (x, y), half in zip(points, halves, strict=True)]
    return left + right[::-1]


def leaf(x: float, y: float, length: float, width: float, angle: float) -> list[Point]:
    """A pointed leaf that grows from (x, y) in the direction of `angle` (degrees, 0 is to the right)."""
    turn_cos, turn_sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    edge = [(t / 24, math.sin(math.pi * (t / 24) ** 0.8) * width / 2) for t in range(25)]
    outline: Iterable[Point] = [*edge, *((t, -half) for t, half in reversed(edge))]
    return [
        (x + t * length * turn_cos - half * turn_sin, y + t * length * turn_sin + half * turn_cos)
        for t, half in outline
    ]
