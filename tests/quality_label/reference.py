"""What the portal's scores and days are compared with: written on its own, with floats, before the portal was."""

from datetime import timedelta

W = {
    "A1": 4,
    "A2": 5,
    "A3": 6,
    "A4": 5,
    "B1": 6,
    "B2": 7,
    "B3": 5,
    "B4": 4,
    "B5": 4,
    "C1": 5,
    "C2": 3,
    "C3": 3,
    "C4": 5,
    "D1": 3,
    "D2": 3,
    "D3": 3,
    "D4": 3,
    "E1": 3,
    "E2": 3,
    "E3": 3,
    "E4": 3,
    "F1": 4,
    "F2": 3,
    "F3": 4,
    "F4": 3,
}
MAND = ["A3", "B1", "B2", "B3", "C1", "C4", "F1", "F3"]
AREAS = {
    "A": ["A1", "A2", "A3", "A4"],
    "B": ["B1", "B2", "B3", "B4", "B5"],
    "C": ["C1", "C2", "C3", "C4"],
    "D": ["D1", "D2", "D3", "D4"],
    "E": ["E1", "E2", "E3", "E4"],
    "F": ["F1", "F2", "F3", "F4"],
}


def score(levels, na=()):
    """Return total, areas, mandatory below 3, below 1, outcome; half steps as in a consensus."""
    used = [k for k in W if k not in na]
    assert not (set(na) & set(MAND))
    assert set(na) <= {"E4"}
    for k in used:
        v = levels[k]
        assert 0 <= v <= 4
        assert v * 2 == int(v * 2)
        if k in MAND:
            assert v != 2.5, "pick 2 or 3"
    tot = sum(W[k] * levels[k] for k in used) / (4 * sum(W[k] for k in used)) * 100
    area = {}
    for a, ks in AREAS.items():
        ks = [k for k in ks if k in used]
        area[a] = sum(W[k] * levels[k] for k in ks) / (4 * sum(W[k] for k in ks)) * 100
    below = [k for k in MAND if levels[k] < 3]
    low = [k for k in used if levels[k] < 1]
    if tot >= 70 and min(area.values()) >= 55 and not below and not low:
        out = "award"
    elif (
        tot >= 60
        and min(area.values()) >= 45
        and len(below) <= 2
        and all(levels[k] >= 2 for k in below)
        and len(low) <= 1
    ):
        out = "conditional"
    else:
        out = "not_awarded"
    return tot, area, below, low, out


def prefill(a, b):
    """consensus prefill from two locked reviews -> (levels, criteria left open for talk)"""
    res, open_ = {}, []
    for k in W:
        d = abs(a[k] - b[k])
        if d == 0:
            res[k] = a[k]
        elif d == 1 and not (k in MAND and {a[k], b[k]} == {2, 3}):
            res[k] = (a[k] + b[k]) / 2
        else:
            open_.append(k)
    return res, open_


def consensus_range(a, b):
    p, o = prefill(a, b)
    lo, hi = dict(p), dict(p)
    for k in o:
        lo[k], hi[k] = min(a[k], b[k]), max(a[k], b[k])
    return o, score(lo), score(hi)


def due(day0, pauses, total=90):
    """pauses: list of (stop, start) dates; a pause counts whole days start-stop; overlapping pauses are merged."""
    ps = sorted(pauses)
    merged = []
    for a, b in ps:
        assert b >= a
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    paused = sum((b - a).days for a, b in merged)
    return day0 + timedelta(days=total + paused), paused
