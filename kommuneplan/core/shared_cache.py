"""What all processes and machines keep together, in Redis (setting ``CACHE_URL``).

Nothing in it is needed: whatever is not there is made anew. So a Redis that is away, slow or full
costs time and never a page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class SharedCache(RedisCache):
    """Django's, which remembers nothing while Redis is away."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, super().get, key, default, version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return self._or({}, super().get_many, list(keys), version)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._or(None, super().set, key, value, timeout, version)

    def set_many(
        self, data: Mapping[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        return self._or(list(data), super().set_many, data, timeout, version)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """As if it had not been there: whoever signs in with a right code comes in."""
        return self._or(True, super().add, key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._or(False, super().touch, key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._or(False, super().delete, key, version)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._or(None, super().delete_many, list(keys), version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._or(False, super().has_key, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        try:
            return super().incr(key, delta, version)
        except RedisError as error:
            raise ValueError(f"Key {key!r} not found") from error  # as for one that is not there

    def clear(self) -> bool:
        """Forget what the house keeps, and nothing of others in the same Redis."""
        return self._or(False, self._clear)

    def answers(self) -> bool:
        """Does Redis answer?"""
        try:
            return bool(self._cache.get_client(None, write=True).ping())
        except (RedisError, OSError):
            return False

    def _clear(self) -> bool:
        client = self._cache.get_client(None, write=True)
        keys = list(client.scan_iter(match=self.make_key("*"), count=1_000))
        for place in range(0, len(keys), 1_000):
            client.delete(*keys[place : place + 1_000])
        return True

    def _or(self, instead: Any, ask: Any, *given: Any) -> Any:
        try:
            return ask(*given)
        except (RedisError, OSError) as error:
            log.warning("The shared cache does not answer: %s", type(error).__name__)
            return instead
