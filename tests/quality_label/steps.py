"""What the code allows in a state, to be compared with a table that is kept by hand."""


def steps_open(row, people: dict) -> dict[str, set[str]]:
    """Return the steps whose source is the state of a row, each with the parts of the people who may take it."""
    moves = row._meta.get_field("state").get_all_transitions(type(row))
    return {
        move.name: {part for part, person in people.items() if move.has_perm(row, person)}
        for move in moves
        if move.source in (row.state, "*")
    }


def expected(table: dict, state: str) -> dict[str, set[str]]:
    """Return the part of a table that is about a state: steps with the parts of those who may take them."""
    return {step: parts for step, (states, parts) in table.items() if state in states}
