"""What an issuer published as plain files, for any web server at the same addresses when the portal is gone."""

from badges.archive.export import NoKey, export_issuer

__all__ = ["NoKey", "export_issuer"]
