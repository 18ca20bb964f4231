"""Who may do what about the label."""


def may_edit_framework(_version, user) -> bool:
    """Network admins write what the label asks."""
    return user is not None and user.is_authenticated and user.has_network_role("network_admin")


def may_see_framework(version, user) -> bool:
    """Everybody reads what is or was in force; drafts are read by those who work on the label's rules."""
    return version.is_public or may_see_frameworks(user)


def may_see_frameworks(user) -> bool:
    """Network admins and coordinators see every version, drafts too."""
    return user.is_authenticated and (user.has_network_role("network_admin") or user.has_network_role("coordinator"))


def may_begin_framework(user) -> bool:
    """Network admins begin versions and take them in from files."""
    return may_edit_framework(None, user)
