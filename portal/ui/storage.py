"""Static files under the hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed, with the imports of ES modules hashed as well."""

    support_js_module_import_aggregation = True
