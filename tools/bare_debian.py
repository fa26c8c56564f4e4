"""A minimal Debian in a folder, which reaches the registries that this machine reaches.

It has Python with venv, make, git and the certificates, and nothing else. How this machine reaches
its registries is copied, so none is named here. Whatever runs has mounts and processes of its own
(``unshare``), which end with it. As root, on Debian; used by ``tools.bare_machine``.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.common import ROOT, apt_install, give_up, must, say

PACKAGES = ("python3", "python3-venv", "make", "git", "ca-certificates")
CHECKOUT = "/srv/kommuneplan"
APT = Path("/etc/apt")

# What says where the registries are and whom to trust. Folders are copied whole.
CONFIGURATION = (
    *("/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/keyrings"),
    *("/etc/apt/trusted.gpg", "/etc/apt/trusted.gpg.d"),
    *("/etc/pip.conf", "/etc/xdg/pip", "~/.config/pip", "~/.pip"),
    *("/etc/npmrc", "/usr/etc/npmrc", "/usr/local/etc/npmrc", "~/.npmrc"),
    *("/etc/ssl/certs/ca-certificates.crt", "/usr/local/share/ca-certificates"),
    *("/etc/resolv.conf", "/etc/hosts"),
)
VARIABLES = re.compile(
    r"(?i:https?_proxy|no_proxy|all_proxy|npm_config_\w+)"
    r"|PIP_\w+|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|\w+_CA_BUNDLE|GIT_SSL_CAINFO"
)
HOME = "/root"
PLAIN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": HOME}

APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--")
# $1 is the machine's folder, the rest a command. Browsers leave much in /dev/shm: it has its own.
ENTER = """set -e
mount --rbind /dev "$1/dev"
mount -t tmpfs tmpfs "$1/dev/shm"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
exec chroot "$@"
"""


@dataclass(frozen=True)
class Source:
    """What apt installs from: where, which suites, and the file of keys if it names one."""

    address: str
    suites: list[str]
    keys: str = ""


def build(folder: Path, reuse: bool) -> Path:
    """A fresh machine in the folder with the checkout: from the kept base system, or all new."""
    machine, base = folder / "machine", folder / "base.tar"
    remove(machine)
    if reuse and base.exists():
        say(f"Unpacking {base}")
        machine.mkdir()
        must("tar", "-xpf", base, "-C", machine, "--numeric-owner")
    else:
        debootstrap(machine, folder / "debootstrap.log")
        must("tar", "-cf", base, "-C", machine, "--numeric-owner", ".")
    configure(machine)
    must("git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", f"{machine}{CHECKOUT}")
    return machine


def debootstrap(machine: Path, log: Path) -> None:
    """The base system, of this machine's release and from where it has its own."""
    if not shutil.which("debootstrap") and not apt_install("debootstrap"):
        give_up("debootstrap is needed.\nOn Debian: sudo apt-get install debootstrap")
    codename = release(Path("/etc/os-release").read_text(encoding="utf-8"))
    source = next((one for one in sources() if codename in one.suites), None)
    if not source:
        give_up(f"No source of apt on this machine offers its own release ({codename or 'none'}).")
    say(f"Making a minimal Debian ({codename}) with debootstrap: a minute or two ({log})")
    keys = [f"--keyring={source.keys}"] if source.keys else []
    included = f"--include={','.join(PACKAGES)}"
    command = ("debootstrap", "--variant=minbase", included, *keys, codename, str(machine))
    with log.open("w") as told:  # apart, so that none of its mounts outlives it
        made = subprocess.run([*APART, *command, source.address], stdout=told, stderr=told)
    if made.returncode:
        give_up(f"debootstrap failed: {log}")


def release(told: str) -> str:
    """The name of a release, from its ``os-release``."""
    found = re.search(r"^VERSION_CODENAME=\"?(\w+)", told, re.MULTILINE)
    return found[1] if found else ""


def sources() -> list[Source]:
    """What apt on this machine installs from, in either of its two notations."""
    folder = APT / "sources.list.d"
    lines = [APT / "sources.list", *sorted(folder.glob("*.list"))]
    found = [one for path in lines if path.exists() for one in from_lines(path.read_text())]
    for path in sorted(folder.glob("*.sources")):
        found += from_stanzas(path.read_text())
    return found


def from_lines(text: str) -> list[Source]:
    """``deb [signed-by=…] ADDRESS SUITE COMPONENT…``, a line for each."""
    found = re.findall(r"^deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+(\S+)", text, re.MULTILINE)
    return [
        Source(address, [suite], keys[1] if (keys := re.search(r"signed-by=(\S+)", how)) else "")
        for how, address, suite in found
    ]


def from_stanzas(text: str) -> list[Source]:
    """``Types:``, ``URIs:``, ``Suites:`` …, a paragraph for each."""
    found = []
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", stanza, re.MULTILINE))
        addresses, keys = fields.get("URIs", "").split(), fields.get("Signed-By", "")
        if addresses and "deb" in fields["Types"].split() and fields.get("Enabled", "yes") != "no":
            named = keys if keys.startswith("/") else ""  # or the keys themselves
            found.append(Source(addresses[0], fields["Suites"].split(), named))
    return found


def configure(machine: Path) -> None:
    """Registries as on this machine; and nothing that is installed starts a service."""
    (machine / "etc/apt/sources.list").unlink()  # debootstrap's own
    for name in (*CONFIGURATION, *{one.keys for one in sources() if one.keys}):
        copy(Path(name).expanduser(), Path(f"{machine}{name.replace('~', HOME)}"))
    told = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True)
    lines = [line for line in told.stdout.splitlines() if "::IndexTargets" not in line]
    (machine / "etc/apt/apt.conf.d/90as-on-the-host").write_text("\n".join(lines) + "\n")
    start = machine / "usr/sbin/policy-rc.d"
    start.write_text("#!/bin/sh\nexit 101\n")
    start.chmod(0o755)


def copy(source: Path, target: Path) -> None:
    """A file or folder to the same place on the machine; what links lead to, not the links."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)


def command(machine: Path, *words: str) -> list[str]:
    """How to run a command in the checkout on the machine: with nothing of this one's environment
    but how its registries are reached."""
    ours = {name: value for name, value in os.environ.items() if VARIABLES.fullmatch(name)}
    facts = [f"{name}={value}" for name, value in {**ours, **PLAIN}.items()]
    # The shell stays, as the first process: make as such could not end itself by a signal.
    there = f"cd {CHECKOUT} && {shlex.join(words)}; exit $?"
    inside = ["/usr/bin/env", "-i", *facts, "/bin/sh", "-c", there]
    return [*APART, "/bin/sh", "-c", ENTER, "enter", str(machine), *inside]


def remove(machine: Path) -> None:
    """The machine's folder, but nothing of another file system that might be mounted in it."""
    if machine.exists():
        must("rm", "-rf", "--one-file-system", machine)
