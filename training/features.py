"""Log-mel features as the engine computes them (src/engine/features/log-mel.ts); `CONFIG` goes into config.json."""

import numpy as np

SAMPLE_RATE = 16000
BANDS = 64
HOP = 160
WINDOW = 400

CONFIG = {
    "type": "log-mel",
    "bands": BANDS,
    "scale": "htk",
    "low": 20,
    "high": 7600,
    "fft": 512,
    "window": "hann-periodic",
    "windowSamples": WINDOW,
    "hopSamples": HOP,
    "centred": False,
    "power": 2,
    "logFloor": 1e-06,
    "normalisation": "per utterance and band: (x - mean) / (std + 1e-3), population std",
}


def _filterbank() -> np.ndarray:
    def to_mel(hertz):
        return 2595 * np.log10(1 + hertz / 700)

    low, high = to_mel(CONFIG["low"]), to_mel(CONFIG["high"])
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    bins = np.arange(CONFIG["fft"] // 2 + 1) * SAMPLE_RATE / CONFIG["fft"]
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


_MEL = _filterbank().T.copy()
_HANN = np.hanning(WINDOW + 1)[:-1].astype(np.float32)


def log_mel(samples: np.ndarray) -> np.ndarray:
    """float32 [frames, bands], not normalised: augmentation comes before that."""
    if len(samples) < WINDOW:
        samples = np.pad(samples, (0, WINDOW - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP] * _HANN
    spectrum = np.fft.rfft(frames.astype(np.float32), CONFIG["fft"])
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    return np.log(power @ _MEL + CONFIG["logFloor"])


def normalise_bands(features: np.ndarray) -> np.ndarray:
    return (features - features.mean(0)) / (features.std(0) + 1e-3)
