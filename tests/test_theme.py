"""The topic colours keep what theme.py says of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from components import theme
from data.taxonomy import TOPICS

# Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision deficiency (2009).
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
LEAST = {"normal": 0.07, "protanopia": 0.05, "deuteranopia": 0.05, "tritanopia": 0.055}


def oklab(colour: str, eyes: np.ndarray) -> np.ndarray:
    """Björn Ottosson's Oklab, of the colour as these eyes see it."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(eyes @ linear, 0, 1)
    lms = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ seen
    )
    return (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ lms
    )


def test_every_topic_has_a_colour_of_its_own() -> None:
    assert set(theme.TOPIC_COLOURS) == set(TOPICS)
    assert len(set(theme.TOPIC_COLOURS.values())) == len(TOPICS)


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_topics_look_alike(eyes: str) -> None:
    seen = {topic: oklab(colour, EYES[eyes]) for topic, colour in theme.TOPIC_COLOURS.items()}
    nearest = min(combinations(seen, 2), key=lambda pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])))
    assert np.linalg.norm(seen[nearest[0]] - seen[nearest[1]]) >= LEAST[eyes], nearest


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_contrast_with_the_page(palette: theme.Palette) -> None:
    def contrast(one: str, other: str) -> float:
        low, high = sorted((theme.relative_luminance(one), theme.relative_luminance(other)))
        return (high + 0.05) / (low + 0.05)

    assert [t for t, colour in theme.TOPIC_COLOURS.items() if contrast(colour, palette.page) < 3] == []
    assert contrast(palette.ink, palette.page) >= 7
    assert contrast(palette.quiet, palette.page) >= 4.5
    for colour in palette.scale:
        assert contrast(theme.ink_on(colour), colour) >= 4.5


def test_the_page_s_colours_are_those_of_the_config() -> None:
    import tomllib
    from pathlib import Path

    config = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    for name, palette in (("light", theme.LIGHT), ("dark", theme.DARK)):
        assert (config[name]["backgroundColor"], config[name]["textColor"], config[name]["primaryColor"]) == (
            palette.page,
            palette.ink,
            palette.accent,
        )
