"""Texts go compressed over the line, with a length that does not tell what is in them."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from kommuneplan.packed import PackedMiddleware

WORDS = "Planen er i høring. " * 100
ASKED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def answered(response: HttpResponse | FileResponse, **asked: str) -> HttpResponse:
    return PackedMiddleware(lambda request: response)(RequestFactory().get("/", **asked))


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "text/css", "text/calendar", "application/json"]
)
def test_a_text_is_compressed_where_that_is_understood(kind) -> None:
    packed = answered(HttpResponse(WORDS, content_type=kind), **ASKED)
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert int(packed["Content-Length"]) == len(packed.content) < len(WORDS) / 5
    assert gzip.decompress(packed.content).decode() == WORDS
    plain = answered(HttpResponse(WORDS, content_type=kind))
    assert "Content-Encoding" not in plain and plain.content.decode() == WORDS
    assert plain["Vary"] == "Accept-Encoding"


def test_the_same_page_has_not_the_same_length() -> None:
    """So what is secret in it cannot be guessed from how well it compresses (BREACH)."""
    lengths = {len(answered(HttpResponse(WORDS), **ASKED).content) for _time in range(40)}
    assert len(lengths) > 10


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip"])
def test_what_is_compressed_already_is_left_as_it_is(kind) -> None:
    assert "Content-Encoding" not in answered(HttpResponse(WORDS, content_type=kind), **ASKED)


def test_what_is_kept_compressed_is_not_compressed_again() -> None:
    kept = HttpResponse(gzip.compress(WORDS.encode()), headers={"Content-Encoding": "gzip"})
    assert gzip.decompress(answered(kept, **ASKED).content).decode() == WORDS


def test_what_is_sent_piece_by_piece_is_left_alone(tmp_path) -> None:
    (tmp_path / "text.txt").write_text(WORDS)
    sent = answered(FileResponse((tmp_path / "text.txt").open("rb")), **ASKED)
    assert "Content-Encoding" not in sent


@pytest.mark.django_db
def test_pages_are_compressed_at_the_door(client) -> None:
    for address in ("/", "/planer/?q=noget", "/konto/log-ind/", "/findes-ikke/"):
        told = client.get(address, headers={"accept-encoding": "gzip"})
        assert told["Content-Encoding"] == "gzip", address
        assert "Accept-Encoding" in told["Vary"]
        assert int(told["Content-Length"]) == len(told.content)
        head = client.head(address, headers={"accept-encoding": "gzip"})
        assert head["Content-Encoding"] == "gzip" and head.content == b""
