"""The pictures of the demo site, drawn by code: no photographs to license, no files to download.

`draw(key)` gives the same picture every time. Each scene is one function in `landscapes` or
`interiors`; `ALT_TEXT` holds what a reader who
cannot see the picture is told, under the same keys.
"""

from collections.abc import Callable

from PIL import Image

from . import interiors, landscapes
from .canvas import Canvas

ALT_TEXT: dict[str, str] = {
    "valley-at-dawn": "Hills behind hills in the mist at dawn, with a pale sun above a winding river",
    "towels-and-fern": "Three folded towels in a stack, beside a bottle of oil and a fern in a pot",
    "stacked-stones": "Five smooth dark stones balanced on each other at the edge of still water",
    "moonrise": "A large pale moon rising over dark hills and reflected in a lake",
    "lamplight": "A lamp with a pale shade, shedding warm light on a table with two cups",
    "meadow-path": "A pale path winding uphill through green meadows to a single tree",
    "pebbles-and-ripples": "Rings spreading over clear water above a bed of round pebbles",
    "evening-window": "An arched window at sunset, with an empty armchair and a tall plant beside it",
    "stepping-stones": "Flat stepping stones leading across calm water between tall reeds",
    "tea-by-the-window": "A steaming cup of tea and two books on a windowsill",
    "sprig-in-a-vase": "A green sprig in a round clay vase against a plain wall",
}

SCENES: dict[str, Callable[[Canvas], None]] = {
    "valley-at-dawn": landscapes.valley_at_dawn,
    "towels-and-fern": interiors.towels_and_fern,
    "stacked-stones": landscapes.stacked_stones,
    "moonrise": landscapes.moonrise,
    "lamplight": interiors.lamplight,
    "meadow-path": landscapes.meadow_path,
    "pebbles-and-ripples": landscapes.pebbles_and_ripples,
    "evening-window": interiors.evening_window,
    "stepping-stones": landscapes.stepping_stones,
    "tea-by-the-window": interiors.tea_by_the_window,
    "sprig-in-a-vase": interiors.sprig_in_a_vase,
}


def draw(key: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Return the picture called `key` as an RGB image; other shapes than 3:2 are cut from the middle."""
    try:
        scene = SCENES[key]
    except KeyError:
        known = ", ".join(sorted(SCENES))
        raise ValueError(f"There is no drawing {key!r}; choose one of: {known}.") from None
    canvas = Canvas(size)
    scene(canvas)
    return canvas.finished(grain_seed=len(key))
