"""Badge and cover art from a seed: contour lines, one shape, one symbol. Pure functions, plain SVG.

The same seed and choices always give the same bytes, so art need not be stored to be repeated.
"""

import hashlib
import math
import random
import secrets
from html import escape
from itertools import pairwise

PALETTES = {  # (deep, base, tint, spark)
    "teal": ("#08403D", "#0B6B66", "#5FB3A6", "#F4B400"),
    "blue": ("#1E2F5C", "#2F55A4", "#8FB2E8", "#F4B400"),
    "berry": ("#5A1F33", "#A33A55", "#EE9DA9", "#FFD27A"),
    "violet": ("#3B2A5E", "#6C4C9E", "#B9A2DE", "#FFC95C"),
    "moss": ("#2E4A1C", "#5A8432", "#B5D08A", "#FFE08A"),
    "clay": ("#6A2E10", "#C2571A", "#F4AE7B", "#FFE3A3"),
    "lake": ("#123F57", "#1E7A9C", "#8CCBE0", "#FFCB57"),
    "ink": ("#17202B", "#3A4B5F", "#9DB0C4", "#F4B400"),
    "ochre": ("#553C06", "#9A7212", "#E6C56A", "#FFF0B8"),
    "rose": ("#631B4B", "#AE3B85", "#F0A0D0", "#FFD98A"),
}

SYMBOLS = {  # drawn in a 100 x 100 box, stroke only
    "path": '<path d="M22 84c0-30 58-20 58-44S38 30 38 12"/>'
    '<circle cx="22" cy="84" r="6"/><circle cx="38" cy="12" r="6"/>',
    "peak": '<path d="M10 80 40 28l16 26 10-14 24 40z"/><path d="m32 42 8 8 8-6"/>',
    "wave": '<path d="M8 36q14-16 28 0t28 0 28 0M8 54q14-16 28 0t28 0 28 0M8 72q14-16 28 0t28 0 28 0"/>',
    "leaf": '<path d="M20 82C14 34 44 14 84 16c4 42-18 70-58 62"/><path d="M22 84C34 62 48 48 64 38"/>',
    "voice": '<path d="M18 24h64v42H48L30 82V66H18z"/><path d="M34 40h32M34 52h20"/>',
    "wheel": '<circle cx="50" cy="50" r="36"/><circle cx="50" cy="50" r="7"/>'
    '<path d="M50 43V14M50 57v29M43 50H14M57 50h29M45 45 25 25M55 55l20 20M55 45l20-20M45 55 25 75"/>',
    "spark": '<path d="M50 10c4 26 14 36 40 40-26 4-36 14-40 40-4-26-14-36-40-40 26-4 36-14 40-40z"/>',
    "book": '<path d="M50 28c-10-8-24-8-36-6v52c12-2 26-2 36 6 10-8 24-8 36-6V22c-12-2-26-2-36 6zM50 28v52"/>',
    "eye": '<path d="M8 50c22-34 62-34 84 0-22 34-62 34-84 0z"/><circle cx="50" cy="50" r="13"/>',
    "wrench": '<path d="M62 14a22 22 0 0 0-24 30L16 66a9 9 0 0 0 0 13l5 5a9 9 0 0 0 13 0l22-22a22 22 0 0 0 30-24'
    'L72 52l-16-4-4-16z"/>',
    "heart": '<path d="M50 84C18 62 10 46 14 32c5-17 27-19 36-2 9-17 31-15 36 2 4 14-4 30-36 52z"/>',
    "sun": '<circle cx="50" cy="50" r="17"/>'
    '<path d="M50 8v14M50 78v14M8 50h14M78 50h14M20 20l10 10M70 70l10 10M80 20 70 30M30 70 20 80"/>',
    "bulb": '<path d="M38 68c0-10-14-16-14-34a26 26 0 0 1 52 0c0 18-14 24-14 34zM40 80h20M44 91h12"/>'
    '<path d="M50 66V44"/>',
    "house": '<path d="M12 50 50 16l38 34"/><path d="M22 44v42h56V44"/><path d="M42 86V62h16v24"/>',
    "bridge": '<path d="M6 72h88M24 22v64M76 22v64M6 52c8-4 14-12 18-30 6 28 46 28 52 0 4 18 10 26 18 30M42 45v27'
    'M58 45v27"/>',
    "people": '<circle cx="36" cy="32" r="14"/><path d="M10 82c2-22 10-30 26-30s24 8 26 30"/>'
    '<path d="M64 20a13 13 0 0 1 0 25M74 56c10 4 14 12 16 26"/>',
    "globe": '<circle cx="50" cy="50" r="38"/><path d="M12 50h76M50 12c24 22 24 54 0 76M50 12c-24 22-24 54 0 76"/>',
    "music": '<circle cx="28" cy="76" r="11"/>'
    '<circle cx="74" cy="66" r="11"/><path d="M39 76V24l46-10v52M39 40l46-10"/>',
    "camera": '<path d="M10 32h20l7-12h26l7 12h20v50H10z"/><circle cx="50" cy="56" r="15"/>',
    "pen": '<path d="M14 86l6-22L70 14l16 16-50 50z"/><path d="m58 26 16 16M14 86l14-4"/>',
    "brush": '<path d="M86 12C66 22 50 36 42 54l8 8c18-8 32-24 36-50z"/>'
    '<path d="M42 58c-18-2-16 20-30 22 10 10 36 8 38-14"/>',
    "seed": '<path d="M50 90V46M50 60C26 60 16 44 16 26c22 0 34 12 34 34zM50 50c0-22 12-34 34-34 0 20-10 34-34 34z"/>',
    "drop": '<path d="M50 10c18 24 28 36 28 50a28 28 0 0 1-56 0c0-14 10-26 28-50z"/><path d="M36 62c0 9 5 14 13 16"/>',
    "compass": '<circle cx="50" cy="50" r="38"/><path d="M66 34 57 57 34 66l9-23z"/>',
    "flag": '<path d="M24 92V10M24 16h54L66 34l12 18H24"/>',
    "key": '<circle cx="32" cy="66" r="20"/><path d="m46 52 40-40M70 28l14 14M58 40l9 9"/>',
    "shield": '<path d="M50 10 16 22v28c0 20 14 32 34 40 20-8 34-20 34-40V22z"/><path d="m34 50 12 12 21-23"/>',
    "scales": '<path d="M50 12v76M30 88h40M18 26h64M18 26 6 58a13 13 0 0 0 24 0zM82 26 70 58a13 13 0 0 0 24 0z"/>',
    "code": '<path d="M32 26 8 50l24 24M68 26l24 24-24 24M58 16 42 84"/>',
    "flask": '<path d="M38 10h24M42 10v28L18 80c-2 6 1 10 6 10h52c5 0 8-4 6-10L58 38V10M30 62h40"/>',
    "chart": '<path d="M12 12v76h78"/><path d="m24 70 18-24 16 14 26-36M84 40V24H68"/>',
    "puzzle": '<path d="M14 34h22c-8-18 24-18 16 0h22v20c18-8 18 24 0 16v18H14z"/>',
    "cup": '<path d="M16 30h54v30c0 16-10 24-27 24S16 76 16 60zM70 38h8c14 0 14 24 0 24h-8M32 8v10M54 8v10"/>',
    "tree": '<path d="M50 92V44M50 66 66 52M50 74 36 62"/><path d="M50 8c16 0 24 12 22 22 14 4 16 24 2 32-8 5-40 5-48 0'
    '-14-8-12-28 2-32C26 20 34 8 50 8z"/>',
    "star": '<path d="m50 10 12 26 28 3-21 19 6 28-25-14-25 14 6-28-21-19 28-3z"/>',
    "clock": '<circle cx="50" cy="50" r="38"/><path d="M50 26v24l16 10"/>',
    "bread": '<path d="M18 46C8 22 34 14 50 14s42 8 32 32v38H18zM36 34l8 14M54 34l8 14"/>',
    "mask": '<path d="M16 20c22 8 46 8 68 0 4 36-6 62-34 70-28-8-38-34-34-70z"/>'
    '<path d="M30 44q8-6 15 0M55 44q8-6 15 0M36 64q14 12 28 0"/>',
}

SHAPES = ("hexagon", "circle", "shield", "octagon", "square", "flower")
CENTRE = 120
NAME_LENGTH = 30  # so that a seed with all its choices fits the 60 characters it is kept in


def random_seed():
    """Return a fresh seed, for whoever asks for another drawing."""
    return secrets.token_hex(6)


def badge(seed, *, symbol=None, palette=None, shape="hexagon", milestone=False, title=""):
    """Draw a badge of 240 x 240; what is not chosen follows from the seed.

    A milestone, the badge at the end of a playlist, has a rim of the spark colour.
    """
    rng, name = _rng(seed)
    deep, base, tint, spark = PALETTES[palette or rng.choice(list(PALETTES))]
    drawing = SYMBOLS[symbol or rng.choice(list(SYMBOLS))]
    inner = 104 if milestone else 109
    lines = _contours(rng, rng.uniform(70, 170), rng.uniform(60, 180), start=14, step=15, count=12, wobble=0.22)
    return _svg(
        240,
        240,
        f'<defs><clipPath id="h{name}"><path d="{_outline(shape, inner)}"/></clipPath>'
        f'<radialGradient id="g{name}" cx="38%" cy="28%" r="85%"><stop offset="0" stop-color="{base}"/>'
        f'<stop offset="1" stop-color="{deep}"/></radialGradient></defs>'
        f'<path d="{_outline(shape, 117)}" fill="{spark if milestone else deep}"/>'
        f'<g clip-path="url(#h{name})"><path d="M0 0h240v240H0z" fill="url(#g{name})"/>'
        f'<path d="{lines}" fill="none" stroke="{tint}" stroke-width="1.6" opacity=".42"/></g>'
        f'<path d="{_outline(shape, inner - 9)}" fill="none" stroke="{tint}" stroke-width="1.5" opacity=".75"/>'
        f'<path d="{_outline(shape, 64)}" fill="{deep}" opacity=".6"/>'
        '<g transform="translate(78 78) scale(.84)" fill="none" stroke="#FFFDF7" stroke-width="6.5"'
        f' stroke-linecap="round" stroke-linejoin="round">{drawing}</g>'
        f'<circle cx="120" cy="{_foot(shape, inner)}" r="5" fill="{tint if milestone else spark}"/>',
        title,
    )


def from_seed(seed):
    """Draw the badge that a stored seed stands for: `name` with `.symbol.palette.shape` as far as they were chosen.

    Unknown choices follow from the seed like everything else; `milestone-…` has the rim.
    """
    symbol, palette, shape = _chosen(seed)
    return badge(
        seed, symbol=symbol, palette=palette, shape=shape or SHAPES[0], milestone=seed.startswith("milestone-")
    )


def choices_of(seed):
    """Return the symbol, palette and shape that a seed is drawn with, whether chosen or not."""
    symbol, palette, shape = _chosen(seed)
    rng, _name = _rng(seed)
    palette = palette or rng.choice(list(PALETTES))
    return symbol or rng.choice(list(SYMBOLS)), palette, shape or SHAPES[0]


def with_choices(seed, symbol, palette, shape):
    """Return the seed that keeps the lines of another one and has these choices; the same seed when it has them."""
    if (symbol, palette, shape) == choices_of(seed):
        return seed
    return ".".join([seed.partition(".")[0][:NAME_LENGTH], symbol, palette, shape])


def random_choices():
    """Return a fresh seed with everything chosen, for whoever asks for another drawing."""
    chosen = (secrets.choice(list(options)) for options in (SYMBOLS, PALETTES, SHAPES))
    return ".".join([random_seed(), *chosen])


def _chosen(seed):
    """Return the known choices in a seed, None for each that is missing or unknown."""
    parts = [*seed.split(".")[1:4], "", "", ""]
    return tuple(
        part if part in known else None for part, known in zip(parts[:3], (SYMBOLS, PALETTES, SHAPES), strict=True)
    )


def cover(seed, *, palette=None, stops=5, width=640, height=320, title=""):
    """Draw the picture of a playlist or an activity: contour lines and a route of `stops` (two at least)."""
    rng, name = _rng(seed)
    deep, base, tint, spark = PALETTES[palette or rng.choice(list(PALETTES))]
    stops = max(2, min(stops, 12))
    lines = ""
    hills = max(2, round(width / 320))
    for i in range(hills):
        x = width * (i + rng.uniform(0.25, 0.75)) / hills
        y = height * (rng.uniform(0.1, 0.45) if i % 2 == 0 else rng.uniform(0.5, 0.95))
        lines += _contours(rng, x, y, start=16, step=19, count=rng.randrange(10, 14), wobble=0.2)
    points, y = [], height * rng.uniform(0.55, 0.75)
    for i in range(stops):
        y = min(height * 0.8, max(height * 0.24, y + height * rng.uniform(-0.24, 0.19)))
        points.append((width * (0.08 + 0.84 * i / (stops - 1)), y))
    route = _route(points)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="#FFFDF7" stroke="{deep}" stroke-width="5"/>'
        for x, y in points[:-1]
    )
    goal = _polygon([_polar(60 * i - 90, 22, *points[-1]) for i in range(6)])
    return _svg(
        width,
        height,
        f'<defs><linearGradient id="c{name}" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{base}"/>'
        f'<stop offset="1" stop-color="{deep}"/></linearGradient></defs>'
        f'<path d="M0 0h{width}v{height}H0z" fill="url(#c{name})"/>'
        f'<path d="{lines}" fill="none" stroke="{tint}" stroke-width="1.5" opacity=".38"/>'
        f'<path d="{route}" fill="none" stroke="{deep}" stroke-width="12" opacity=".55" stroke-linecap="round"/>'
        f'<path d="{route}" fill="none" stroke="#FFFDF7" stroke-width="5" stroke-linecap="round"/>{marks}'
        f'<path d="{goal}" fill="{spark}" stroke="{deep}" stroke-width="5"/>',
        title,
    )


def _svg(width, height, body, title):
    label = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' preserveAspectRatio="xMidYMid slice" {label}>{named}{body}</svg>'
    )


def _rng(seed):
    digest = hashlib.sha256(str(seed).encode())
    return random.Random(int.from_bytes(digest.digest()[:8], "big")), digest.hexdigest()[:6]  # noqa: S311 - art, no secret


def _polar(degrees, radius, x=CENTRE, y=CENTRE):
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def _polygon(points, rounding=0.12):
    """Join points to a closed path whose corners are rounded by a share of each side."""
    path = ""
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[i - 1], points[(i + 1) % len(points)]
        start = f"{x + (ax - x) * rounding:.1f} {y + (ay - y) * rounding:.1f}"
        end = f"{x + (bx - x) * rounding:.1f} {y + (by - y) * rounding:.1f}"
        path += f"{'L' if i else 'M'}{start}Q{x:.1f} {y:.1f} {end}"
    return path + "z"


def _smooth(points):
    """Join points to a closed, smooth path (Catmull-Rom as Bezier curves)."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    n = len(points)
    for i in range(n):
        p0, p1, p2, p3 = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        path += (
            f"C{p1[0] + (p2[0] - p0[0]) / 6:.1f} {p1[1] + (p2[1] - p0[1]) / 6:.1f} "
            f"{p2[0] - (p3[0] - p1[0]) / 6:.1f} {p2[1] - (p3[1] - p1[1]) / 6:.1f} {p2[0]:.1f} {p2[1]:.1f}"
        )
    return path + "z"


def _outline(shape, r):
    """Return the path of a shape of radius `r` around the centre of the badge."""
    c = CENTRE
    if shape == "circle":
        return f"M{c} {c - r}a{r} {r} 0 1 1 0 {2 * r}a{r} {r} 0 1 1 0-{2 * r}z"
    if shape == "square":
        return _polygon([_polar(45 + 90 * i, r * 1.26) for i in range(4)], 0.16)
    if shape == "octagon":
        return _polygon([_polar(22.5 + 45 * i, r * 1.02) for i in range(8)], 0.14)
    if shape == "flower":
        return _smooth([_polar(7.5 * i, r * (0.955 + 0.045 * math.cos(math.radians(60 * i)))) for i in range(48)])
    if shape == "shield":
        w, top, foot = r * 0.88, c - r * 0.9, c + r
        return (
            f"M{c} {top - r * 0.08:.1f}Q{c + w / 2:.1f} {top + r * 0.1:.1f} {c + w:.1f} {top:.1f}V{c + r * 0.12:.1f}"
            f"Q{c + w:.1f} {c + r * 0.68:.1f} {c} {foot:.1f}"
            f"Q{c - w:.1f} {c + r * 0.68:.1f} {c - w:.1f} {c + r * 0.12:.1f}"
            f"V{top:.1f}Q{c - w / 2:.1f} {top + r * 0.1:.1f} {c} {top - r * 0.08:.1f}z"
        )
    return _polygon([_polar(60 * i - 90, r) for i in range(6)])


def _foot(shape, inner):
    return round(CENTRE + inner * {"square": 0.76, "octagon": 0.8, "shield": 0.8}.get(shape, 0.85))


def _contours(rng, x, y, *, start, step, count, wobble):
    phases = [(k, rng.uniform(0, 6.28)) for k in (2, 3, 5)]
    return "".join(_ring(x, y, start + step * i, wobble * (0.6 + 0.05 * i), phases) for i in range(count))


def _ring(x, y, radius, wobble, phases, count=30):
    points = []
    for i in range(count):
        angle = 2 * math.pi * i / count
        r = radius * (1 + wobble * sum(math.sin(angle * k + phase) / k for k, phase in phases))
        points.append((x + r * math.cos(angle), y + r * 0.92 * math.sin(angle)))
    return _smooth(points)


def _route(points):
    (x, y), *_ = points
    path = f"M-20 {y + 30:.0f}Q20 {y + 10:.0f} {x:.0f} {y:.0f}"
    for (x0, y0), (x1, y1) in pairwise(points):
        path += f"C{(x0 + x1) / 2:.0f} {y0:.0f} {(x0 + x1) / 2:.0f} {y1:.0f} {x1:.0f} {y1:.0f}"
    return path
