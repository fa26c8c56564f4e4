"""Several web machines: files in a store that speaks S3, pages in one cache, and both gone."""

from __future__ import annotations

import io
import logging
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import fakeredis
import pytest
from django.conf import settings as conf
from django.core.cache import cache, caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from kommuneplan.core.doctor import files, running
from kommuneplan.core.doctor.diagnosis import Severity
from kommuneplan.core.file_store import names_in
from kommuneplan.core.integrity import results, sha256_of_file
from kommuneplan.core.models import Erasure, StoredFile, User
from kommuneplan.core.privacy.actions import erase
from plans.enums import Stage
from plans.models import Plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan

KEYS = {"access_key": "husets", "secret_key": "hemmelig"}
OK, WARNING, FAULT = Severity


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a store on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3, settings, tmp_path, request) -> str:
    """A bucket of its own for the test, and an installation that keeps its files there."""
    name = f"b{abs(hash(request.node.nodeid))}"
    _client(s3).create_bucket(Bucket=name)
    own = {"bucket_name": name, "endpoint_url": s3, "region_name": "us-east-1", **KEYS}
    settings.S3_BUCKET = name
    settings.MEDIA_ROOT = tmp_path / "not used"
    settings.ERASURE_LEDGER = tmp_path / "of machine 1"
    settings.STORAGES = settings.STORAGES | {
        store: {
            "BACKEND": "kommuneplan.core.s3_store.PrivateS3Storage",
            "OPTIONS": {**own, "location": f"hus/{folder}"},
        }
        for store, folder in (("default", "files"), ("ledger", "ledger"))
    }
    return name


def _client(address: str):
    return boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1",
        aws_access_key_id="husets", aws_secret_access_key="hemmelig",
    )  # fmt: skip


@pytest.mark.django_db
def test_bytes_lie_in_the_store_and_nowhere_else(bucket) -> None:
    small = StoredFile.keep("bilag.txt", "Æblerød".encode(), "text/plain")
    sent = io.BytesIO(b"x" * 6_000_000)
    large = StoredFile.keep_large("stor.pdf", sent, "application/pdf")
    with small.content.open("rb") as stored:
        assert stored.read() == "Æblerød".encode()
    with large.content.open("rb") as stored:
        assert len(stored.read()) == 6_000_000
    assert sha256_of_file(large) == large.sha256
    assert {*names_in(default_storage)} == {small.content.name, large.content.name}
    assert not Path(conf.MEDIA_ROOT).exists()
    small.content.storage.delete(small.content.name)
    with pytest.raises(FileNotFoundError):
        StoredFile.objects.get(pk=small.pk).content.open("rb")


@pytest.mark.django_db
def test_no_address_leads_to_the_bytes(bucket, s3) -> None:
    stored = StoredFile.keep("bilag.txt", b"Kun for os", "text/plain")
    with pytest.raises(ValueError, match="no address"):
        _ = stored.content.url
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{s3}/{bucket}/hus/files/{stored.content.name}")
    assert refused.value.code == 403
    assert files.store().level == OK
    _client(s3).put_object_acl(
        Bucket=bucket, Key=f"hus/files/{stored.content.name}", ACL="public-read"
    )
    assert files.store().level == FAULT  # the doctor looks as a stranger would


@pytest.mark.django_db
def test_a_store_that_is_away_is_told(bucket, settings) -> None:
    own = settings.STORAGES["default"]
    away = {**own["OPTIONS"], "endpoint_url": f"http://127.0.0.1:{closed_port()}"}
    settings.STORAGES = {**settings.STORAGES, "default": {**own, "OPTIONS": away}}
    assert files.store().level == FAULT


@pytest.mark.slow  # everything is saved and brought back
@pytest.mark.django_db(transaction=True)
def test_saved_on_one_machine_and_brought_back_on_another(bucket, settings, tmp_path) -> None:
    person = User.objects.create_user("sentinel@example.org", "x", name="Sentinel Person")
    stored = StoredFile.keep("bilag.txt", b"Ro", "text/plain")
    StoredFile.keep("andet.txt", b"Uro", "text/plain")
    call_command("backup", str(tmp_path / "kopi"))
    assert (tmp_path / "kopi" / "files" / stored.content.name).read_bytes() == b"Ro"

    erase(address=person.email)
    late = StoredFile.keep("senere.txt", b"Senere", "text/plain")
    default_storage.delete(stored.content.name)
    Erasure.objects.all().delete()
    settings.ERASURE_LEDGER = tmp_path / "of machine 2"  # which has noted nothing itself
    call_command("restore", str(tmp_path / "kopi"), replace=True)

    assert StoredFile.objects.get(pk=stored.pk).content.open("rb").read() == b"Ro"
    assert not default_storage.exists(late.content.name)
    assert not User.objects.filter(email=person.email).exists()
    assert not (tmp_path / "of machine 1").exists()
    assert [one for result in results() for one in result.faults] == []


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def remembering(settings, port: int) -> None:
    """An installation that keeps its pages in the Redis at a port."""
    settings.CACHES = {
        name: {
            "BACKEND": "kommuneplan.core.shared_cache.SharedCache",
            "LOCATION": f"redis://127.0.0.1:{port}/0",
            "KEY_PREFIX": prefix,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
        for name, prefix in (("default", "kommuneplan"), ("neighbour", "kommuneplan"),
                             ("others", "others"))
    }  # fmt: skip


@pytest.fixture
def redis(settings) -> Iterator[int]:
    """The port of a Redis on this machine, which the installation uses."""
    server = fakeredis.TcpFakeServer(("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]
    remembering(settings, port)
    yield port
    caches.close_all()
    server.shutdown()
    server.server_close()


def test_what_one_machine_keeps_the_others_have(redis) -> None:
    cache.set("side", b"<h1>Plan</h1>")
    assert caches["neighbour"].get("side") == b"<h1>Plan</h1>"
    assert cache.add("kode", "y") and not caches["neighbour"].add("kode", "y")
    assert running.shared_cache().level == OK


def test_what_is_forgotten_is_forgotten_by_all_and_nothing_of_others(redis) -> None:
    caches["others"].set("theirs", 1)
    cache.set_many({f"side-{number}": number for number in range(30)})
    cache.clear()
    assert caches["neighbour"].get_many([f"side-{number}" for number in range(30)]) == {}
    assert caches["others"].get("theirs") == 1


@pytest.fixture
def published() -> Plan:
    plan = a_plan()
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    return plan


@pytest.mark.django_db
def test_a_page_is_kept_for_all_until_it_is_another(
    redis, client, settings, published, django_assert_max_num_queries
) -> None:
    addresses = ["/", "/planer/", f"/planer/{published.slug}/", "/hoeringer/"]
    made = [client.get(address).content for address in addresses]
    kept = keys(redis)
    assert len(kept) >= 2
    assert [client.get(address).content for address in addresses] == made and keys(redis) == kept
    settings.CODE_REVISION = "the next edition"
    for address in addresses:
        assert client.get(address).status_code == 200
    # nothing of the edition before is shown by the next: each page has been made anew
    assert len(keys(redis)) == 2 * len(kept)
    published.title = "Et nyt navn"
    published.save()
    publish(version=freeze(plan=published, stage=Stage.PROCESS_PLAN, by=None), by=None)
    assert "Et nyt navn" in client.get(addresses[2]).content.decode()


def keys(port: int) -> set[bytes]:
    import redis as library

    with library.Redis(port=port) as line:
        return {*line.keys("kommuneplan:*")}


@pytest.mark.django_db
def test_a_redis_that_is_away_costs_no_page(client, settings, published, caplog) -> None:
    remembering(settings, closed_port())
    for address in ("/", "/planer/", f"/planer/{published.slug}/"):
        assert client.get(address).status_code == 200
    assert cache.get("x", "y") == "y" and cache.get_many(["x"]) == {} and cache.add("x", 1)
    assert cache.set_many({"x": 1}) == ["x"] and not cache.delete("x") and "x" not in cache
    cache.clear()
    cache.delete_many(["x"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("x")
    assert running.shared_cache().level == FAULT


def test_a_cache_of_each_process_is_told() -> None:
    assert running.shared_cache().level == WARNING
