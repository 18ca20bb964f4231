"""Who may do what with people."""


def may_manage_people(user) -> bool:
    """Network admins look after people and their network roles."""
    return user.is_authenticated and user.has_network_role("network_admin")
