"""Variation made anew at every step, on features: cheap enough to do beside the training."""

import numpy as np

from features import BANDS, normalise_bands

Random = np.random.Generator


def _read_between(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Rows of `values` at fractional places."""
    below = places.astype(int)
    above = np.minimum(below + 1, len(values) - 1)
    share = (places - below).astype(np.float32)[:, None]
    return values[below] * (1 - share) + values[above] * share


def warp_vocal_tract(features: np.ndarray, random: Random) -> np.ndarray:
    """Another speaker's size: the band axis stretched up to a knee, squeezed above it so that both ends stay."""
    factor = random.uniform(0.85, 1.18)
    knee = 0.8 * BANDS / max(1, factor)
    bands = np.arange(BANDS)
    rest = (BANDS - 1 - knee * factor) / (BANDS - 1 - knee)
    places = np.where(bands < knee, bands * factor, knee * factor + (bands - knee) * rest)
    return _read_between(features.T, np.clip(places, 0, BANDS - 1)).T


def change_tempo(features: np.ndarray, least: int, random: Random) -> np.ndarray:
    frames = max(least, int(len(features) * random.uniform(0.85, 1.18)))
    return _read_between(features, np.linspace(0, len(features) - 1, frames))


def mask(features: np.ndarray, amount: float, random: Random) -> np.ndarray:
    """SpecAugment (Park et al. 2019, arXiv 1904.08779), on normalised features, whose mean is 0."""
    features = features.copy()
    frames = len(features)
    for _ in range(2):
        width = random.integers(0, 1 + int(17 * amount))
        start = random.integers(0, BANDS - width)
        features[:, start : start + width] = 0
    for _ in range(1 + int(amount * frames / 120)):
        width = random.integers(0, min(int(30 * amount), frames // 4) + 1)
        start = random.integers(0, frames - width + 1)
        features[start : start + width] = 0
    return features


def vary(features: np.ndarray, pieces: int, random: Random) -> np.ndarray:
    """`pieces`: of the text; CTC needs a step for each and one between equals, so tempo may not take those away."""
    if random.random() < 0.7:
        features = warp_vocal_tract(features, random)
    if random.random() < 0.7:
        features = change_tempo(features, min(len(features), 8 * (pieces + pieces // 3 + 2)), random)
    return normalise_bands(features)
