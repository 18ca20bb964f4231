"""Who may do what with people."""


def may_manage_people(user) -> bool:
    """Network admins look after people and their network roles."""
    return user.is_authenticated and user.has_network_role("network_admin")


def may_write_terms(user) -> bool:
    """Network admins write the terms of use and the privacy notice."""
    return user.is_authenticated and user.has_network_role("network_admin")


def by_guardian(_guardian, user) -> bool:
    """Whoever has the link that was mailed to the guardian; it needs no account."""
    return user is None


def may_wait(user) -> bool:
    """Who waits for the agreement of a parent or guardian."""
    return user.is_authenticated and user.awaits_guardian


def may_come_of_age(user) -> bool:
    """Who is in, and under age so far, says when they no longer are."""
    return user.is_authenticated and not user.is_of_age and not user.awaits_guardian
