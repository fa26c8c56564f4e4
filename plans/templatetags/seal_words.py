"""What is found of a seal in words, and the commands with which anybody finds it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.document.sealed_form import BlockState, SealCheck

register = template.Library()

_SHELL = """\
curl -fsS '{address}' > segl.json
jq -r '.blocks[] | select(.removed_on | not)
| [.anchor, .digest, (.salt + "\\n" + .content | @base64)] | @tsv' segl.json |
while IFS="$(printf '\\t')" read -r anchor digest words; do
found=$(printf '%s' "$words" | base64 -d | sha256sum | cut -d ' ' -f 1)
[ "$found" = "$digest" ] || echo "IKKE OK: $anchor"
done
seal=$(jq -jcS '{{previous, facts, blocks: [.blocks[] | [.anchor, .digest]]}}' segl.json |
sha256sum | cut -d ' ' -f 1)
[ "$seal" = "$(jq -r .seal segl.json)" ] && echo "Seglet: $seal" || echo "IKKE OK: seglet"
"""

_PYTHON = """\
python3 - '{address}' <<'SLUT'
import hashlib, json, sys, urllib.request
told = json.load(urllib.request.urlopen(sys.argv[1]))
sha256 = lambda words: hashlib.sha256(words.encode()).hexdigest()
words = lambda block: block.get("salt", "") + "\\n" + block.get("content", "")
left = [block for block in told["blocks"] if "removed_on" not in block]
faults = [block["anchor"] for block in left if sha256(words(block)) != block.get("digest")]
sealed = {{"previous": told["previous"], "facts": told["facts"]}}
sealed["blocks"] = [[block["anchor"], block.get("digest", "")] for block in told["blocks"]]
line = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
faults += [] if sha256(line) == told["seal"] else ["seglet"]
print(*["IKKE OK: " + one for one in faults] or ["Seglet: " + told["seal"]], sep="\\n")
SLUT
"""
# A page is kept without the indentation of its templates: no line of either begins with a space.


@register.simple_tag
def shell_recipe(address: str) -> str:
    """The check as lines of a shell; the address is one of ours, without a quotation mark."""
    return _SHELL.format(address=address)


@register.simple_tag
def python_recipe(address: str) -> str:
    """The same with Python alone."""
    return _PYTHON.format(address=address)


@register.filter
def block_state(state: str) -> str:
    """What was found of a part."""
    return {
        BlockState.SAME: _("As it was sealed"),
        BlockState.HIDDEN: _("Hidden; only the digest is left"),
        BlockState.CHANGED: _("NOT as it was sealed"),
    }[BlockState(state)]


@register.simple_tag
def seal_found(check: SealCheck) -> SafeString:
    """What was found of the whole, in paragraphs."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in _lines(check)))


def _lines(check: SealCheck) -> list[str]:
    if check.is_whole:
        total = len(check.blocks)
        lines = [
            ngettext(
                "All is in order: the seal fits, and its one part is as it was sealed.",
                "All is in order: the seal fits, and all %(n)d parts are as they were sealed.",
                total,
            )
            % {"n": total}
        ]
    else:
        lines = [_("NOT in order: the version is not as it was sealed.")]
        if check.changed:
            words = ngettext("%(n)d part does not fit.", "%(n)d parts do not fit.", check.changed)
            lines.append(words % {"n": check.changed})
        if not check.seal_fits:
            lines.append(_("The seal does not fit."))
    hidden = sum(state == BlockState.HIDDEN for _block, state in check.blocks)
    if hidden:
        words = ngettext(
            "Of %(n)d part only the digest is left, since its words had to be hidden.",
            "Of %(n)d parts only the digests are left, since their words had to be hidden.",
            hidden,
        )
        lines.append(words % {"n": hidden})
    return lines
