"""The guide of operations and its files name what there is: settings, commands, addresses."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from kommuneplan import gunicorn_settings

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "drift.md"
FILES = sorted((ROOT / "docs" / "drift").iterdir())
UNITS = [path for path in FILES if path.suffix in {".service", ".timer"}]
READ = re.compile(r"""\b_?env\.\w+\(\s*["']([A-Z][A-Z0-9_]+)["']""")
# What others read: the image of the database, Python, compose itself, a shell.
OF_OTHERS = re.compile(r"POSTGRES_\w+|PYTHON\w+|PATH|KOMMUNEPLAN_IMAGE")
NAMED = {
    "environment": r"^#?([A-Z][A-Z0-9_]+)=",
    "Dockerfile": r"(?:^(?:ENV|ARG)|^   ) ([A-Z][A-Z0-9_]+)=?|\b([A-Z][A-Z0-9_]+)=\S",
    "compose.yaml": r"^\s+([A-Z][A-Z0-9_]+):|\$\{([A-Z][A-Z0-9_]+)",
    "drift.md": r"`([A-Z][A-Z0-9]+_[A-Z0-9_]+|DEBUG|WORKERS)(?:=\S*)?`",
    "README.md": r"`([A-Z][A-Z0-9]+_[A-Z0-9_]+|DEBUG|WORKERS)(?:=\S*)?`",
}


def read_by_the_program() -> set[str]:
    """Every variable that the settings, or those of gunicorn, ask for."""
    own = (ROOT / "kommuneplan").glob("*settings.py")
    return {name for path in own for name in READ.findall(path.read_text())}


def variables(path: Path) -> set[str]:
    pattern = NAMED.get(path.name) or r"^Environment=([A-Z][A-Z0-9_]+)="
    found = re.findall(pattern, path.read_text(), re.MULTILINE)
    names = {name for one in found for name in ([one] if isinstance(one, str) else one) if name}
    return {name for name in names if not OF_OTHERS.fullmatch(name)}


@pytest.mark.parametrize("path", [GUIDE, ROOT / "README.md", *FILES], ids=lambda path: path.name)
def test_every_variable_is_one_that_the_program_reads(path) -> None:
    named = variables(path)
    assert named <= read_by_the_program(), named - read_by_the_program()
    assert named or path.name not in NAMED


def test_every_variable_of_the_program_is_explained() -> None:
    papers = (*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "docs/drift/environment")
    told = "\n".join(path.read_text() for path in papers)
    unsaid = {name for name in read_by_the_program() if name not in told}
    assert unsaid <= {"EMAIL_BACKEND", "EMAIL_FILE_PATH"}, unsaid  # of the demo


@pytest.mark.parametrize("path", [GUIDE, *FILES], ids=lambda path: path.name)
def test_every_command_is_there(path) -> None:
    named = re.findall(r"manage\.py[\"',]*\s+[\"']?([a-z][a-z_]+)", path.read_text())
    assert {*named} <= get_commands().keys(), {*named} - get_commands().keys()
    assert named or path.name in {
        *("nginx.conf", "environment", "kommuneplan-web.service", "kommuneplan-backup.timer"),
        "Dockerfile.dockerignore",
    }


def test_every_file_of_the_guide_is_there_and_every_file_is_in_the_guide() -> None:
    named = set(re.findall(r"`docs/drift/([\w.-]+)`", GUIDE.read_text()))
    assert named == {path.name for path in FILES} - {"Dockerfile.dockerignore"}


def test_the_proxy_sets_what_the_settings_believe() -> None:
    told = (ROOT / "docs/drift/nginx.conf").read_text()
    assert re.search(r"proxy_set_header X-Forwarded-For\s+\$remote_addr;", told)
    assert re.search(r"proxy_set_header X-Forwarded-Proto\s+\$scheme;", told)
    assert "proxy_add_x_forwarded_for" not in told and "$http_x_forwarded" not in told
    upstream = int(re.search(r"keepalive_timeout (\d+)s;", told)[1])
    assert upstream < gunicorn_settings.keepalive


@pytest.mark.parametrize(
    "address",
    [
        "/hoeringer/kladde/hemmelig/send/",
        "/hoeringer/invitation/hemmelig/",
        "/hoeringer/kvittering/hemmelig/bekraeft/hemmelig/",
        "/konto/invitation/hemmelig/",
        "/konto/glemt-adgangskode/MQ/hemmelig/",
    ],
)
def test_the_log_of_the_proxy_holds_no_secret(address) -> None:
    told = (ROOT / "docs/drift/nginx.conf").read_text()
    rules = re.findall(r"^\s+~(\S+)\s+(\S+);", told, re.MULTILINE)
    found = [
        after.replace("$before", match["before"])
        for rule, after in rules
        if (match := re.match(rule.replace("(?<", "(?P<"), address))
    ]
    assert found and "hemmelig" not in found[0]
    logged = re.search(r"log_format kommuneplan (.*?);", told, re.DOTALL)[1]
    assert "$kommuneplan_address" in logged
    assert not re.search(r"\$(?:request\b|request_uri|uri|args|http_referer)", logged)


def program(name: str) -> str:
    """Where a program is; a test that needs it is skipped where there is none."""
    return shutil.which(name) or pytest.skip(f"{name} is not on this machine")


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(unit, tmp_path) -> None:
    verify = program("systemd-analyze")
    for path in UNITS:  # what they start is not installed here
        words = re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", path.read_text())
        (tmp_path / path.name).write_text(words.replace("/srv/kommuneplan/app", "/"))
    done = subprocess.run(
        [verify, "verify", str(tmp_path / unit.name)], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if "kommuneplan" in line]
    assert not told and not done.returncode, done.stderr


def test_nginx_understands_its_file(tmp_path) -> None:
    nginx = program("nginx")
    own = (ROOT / "docs/drift/nginx.conf").read_text()
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    subprocess.run(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    own = re.sub(r"(ssl_certificate\s+)\S+;", rf"\1{certificate};", own)
    own = re.sub(r"(ssl_certificate_key\s+)\S+;", rf"\1{key};", own)
    own = own.replace("/var/log/nginx/", f"{tmp_path}/").replace("listen 80", "listen 8080")
    (tmp_path / "house.conf").write_text(own)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {places} include {tmp_path}/house.conf; }}\n"
    )
    done = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True
    )
    assert not done.returncode, done.stderr


def test_compose_understands_its_file(tmp_path) -> None:
    docker = program("docker")
    if subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker has no compose on this machine")
    own = (ROOT / "docs/drift/compose.yaml").read_text()
    (tmp_path / "environment").write_text("SECRET_KEY=x\n")
    (tmp_path / "compose.yaml").write_text(
        own.replace("/etc/kommuneplan/environment", str(tmp_path / "environment"))
    )
    done = subprocess.run(
        [docker, "compose", "-f", tmp_path / "compose.yaml", "config", "--quiet"],
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "POSTGRES_PASSWORD": "x"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert not done.returncode, done.stderr
