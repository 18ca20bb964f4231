"""Who may open which address: deny by default, one rule a view, one sentence a refusal."""

from portal.access.rules import in_cms, public, requires, signed_in

__all__ = ["in_cms", "public", "requires", "signed_in"]
