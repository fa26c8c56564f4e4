"""Files in a store that speaks S3, for several web machines (setting ``S3_BUCKET``).

Needs the extra ``several`` (requirements-several.txt); nothing imports this module unless the
settings name it.
"""

from __future__ import annotations

from typing import Any, NoReturn

import botocore.exceptions
from botocore import UNSIGNED
from botocore.client import Config
from storages.backends.s3 import S3Storage

# Seconds: a store that is away holds up no page for long. Checksums only where S3 demands them:
# many stores that speak it know no others.
_LINE = {
    "connect_timeout": 5,
    "read_timeout": 30,
    "retries": {"max_attempts": 2, "mode": "standard"},
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class PrivateS3Storage(S3Storage):
    """Bytes that only the house's own views hand out."""

    def get_default_settings(self) -> dict[str, Any]:
        """A file is never written over; each bucket is one path of the store's address."""
        own = Config(s3={"addressing_style": "path"}, signature_version="s3v4", **_LINE)
        known = super().get_default_settings()
        return {**known, "file_overwrite": False, "default_acl": None, "client_config": own}

    def url(self, name: str, *given: Any, **more: Any) -> NoReturn:
        """No address leads to them: a signed one would let in whoever has it."""
        raise ValueError("A file has no address; a view hands it out")

    def is_open_to_all(self, name: str) -> bool:
        """Whether somebody without a key can read a file."""
        stranger = self._create_session().client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config.merge(Config(signature_version=UNSIGNED)),
        )
        key = self._normalize_name(name)
        try:
            stranger.head_object(Bucket=self.bucket_name, Key=key)
        except botocore.exceptions.ClientError:
            return False
        return True
