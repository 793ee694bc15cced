"""The country of a web address by the ending of its domain, where the ending says one."""

from __future__ import annotations

from data.geography import COUNTRIES

_SOLD = frozenset({
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cf", "co", "cx", "dj", "fm", "ga", "gd", "gg", "gq", "gs", "hm", "im",
    "io", "je", "la", "lc", "ly", "me", "ml", "mp", "ms", "nf", "nu", "pm", "pn", "pw", "sc", "sh", "so", "st", "sx",
    "tc", "tf", "tk", "tm", "to", "tv", "vc", "vg", "wf", "ws",
})  # fmt: skip
"""Endings of countries that are sold to everybody and so say nothing."""

_OTHERS = {"uk": "GB", "gov": "US", "mil": "US"}
_OTHERS |= {  # endings in other scripts, as addresses write them
    "xn--p1ai": "RU",
    "xn--j1amh": "UA",
    "xn--90ais": "BY",
    "xn--90a3ac": "RS",
    "xn--d1alf": "MK",
    "xn--80ao21a": "KZ",
    "xn--qxam": "GR",
    "xn--node": "GE",
    "xn--fiqs8s": "CN",
    "xn--fiqz9s": "CN",
    "xn--j6w193g": "HK",
    "xn--kpry57d": "TW",
    "xn--kprw13d": "TW",
    "xn--3e0b707e": "KR",
    "xn--h2brj9c": "IN",
    "xn--mgberp4a5d4ar": "SA",
    "xn--wgbh1c": "EG",
    "xn--mgbaam7a8h": "AE",
    "xn--mgba3a4f16a": "IR",
    "xn--o3cw4h": "TH",
}


def by_ending(host: str) -> str:
    """ISO 3166-1 alpha-2 code of the country whose ending `host` has; empty where it has none or one that is sold."""
    ending = host.rpartition(".")[2]
    if not ending.isascii():
        ending = _punycode(ending)
    if ending in _OTHERS:
        return _OTHERS[ending]
    code = ending.upper()
    return code if len(ending) == 2 and ending not in _SOLD and code in COUNTRIES and code != "GB" else ""


def _punycode(label: str) -> str:
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
