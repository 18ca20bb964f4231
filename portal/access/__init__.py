"""Who may open which address: deny by default, one rule a view, one sentence a refusal."""

from portal.access.rules import public, requires, signed_in

__all__ = ["public", "requires", "signed_in"]
