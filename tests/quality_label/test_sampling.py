"""The draw can be repeated, and holds a badge that claims something."""

from quality_label.sampling import drawn, drawn_badges

NAMES = [f"badge-{number}" for number in range(9)]


def test_the_same_seed_draws_the_same_whatever_the_order():
    assert drawn("a", NAMES, 3) == drawn("a", reversed(NAMES), 3)
    assert drawn("a", NAMES, 9) != drawn("b", NAMES, 9)


def test_two_are_drawn_or_all_that_are_left():
    assert len(drawn_badges("a", ["badge-0", "badge-1"], NAMES, NAMES)) == 2
    assert drawn_badges("a", ["x", "y"], ["z"], ["x"]) == ["z"]


def test_a_chosen_badge_is_not_drawn_again():
    found = [drawn_badges(str(seed), ["badge-0", "badge-1"], NAMES, []) for seed in range(50)]

    assert not {"badge-0", "badge-1"} & {name for names in found for name in names}


def test_a_skilled_badge_takes_the_place_of_the_last_drawn_where_none_is_in():
    found = [drawn_badges(str(seed), ["x", "y"], NAMES, ["badge-7"]) for seed in range(50)]

    assert all("badge-7" in names and len(set(names)) == 2 for names in found)


def test_nothing_is_swapped_where_a_chosen_badge_is_skilled():
    order = drawn("a", NAMES, 9)

    assert drawn_badges("a", ["x", "y"], NAMES, ["x", order[-1]]) == order[:2]
