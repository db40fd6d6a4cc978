"""What may happen to a voice on its way to the microphone, by formula: no recording of rooms or noises is needed."""

from collections.abc import Callable

import numpy as np
import scipy.signal as signal

from features import SAMPLE_RATE

Random = np.random.Generator


def change_speed(samples: np.ndarray, speed: float) -> np.ndarray:
    """Tempo and pitch together, as a tape would."""
    return signal.resample_poly(samples, 100, round(100 * speed)).astype(np.float32)


def room(samples: np.ndarray, random: Random) -> np.ndarray:
    """Direct sound, a few early reflections, and a tail of decaying noise that loses its treble first."""
    decay = random.uniform(0.1, 0.7)
    length = int(decay * SAMPLE_RATE)
    times = np.arange(length) / SAMPLE_RATE
    tail = random.standard_normal(length) * 10 ** (-3 * times / decay)
    tail = signal.lfilter([1], [1, -random.uniform(0, 0.6)], tail)
    tail[: int(random.uniform(0.005, 0.02) * SAMPLE_RATE)] = 0
    for _ in range(random.integers(2, 8)):
        delay = random.uniform(0.001, 0.03)
        tail[int(delay * SAMPLE_RATE)] += random.choice([-1, 1]) * random.uniform(2, 8) * np.sqrt(1 / (1 + 100 * delay))
    direct_to_reverberant = random.uniform(-2, 15)
    tail *= 10 ** (-direct_to_reverberant / 20) / np.sqrt((tail**2).sum() + 1e-9)
    tail[0] += 1
    return signal.fftconvolve(samples, tail.astype(np.float32))[: len(samples) + length // 3].astype(np.float32)


def coloured_noise(length: int, random: Random) -> np.ndarray:
    """Power falls as 1/f^slope: 0 is white, 1 pink (fans, air), 2 brown (traffic)."""
    size = 1 << max(9, (length - 1).bit_length())
    spectrum = np.fft.rfft(random.standard_normal(size).astype(np.float32))
    spectrum /= np.maximum(np.arange(len(spectrum)), 8) ** (random.uniform(0, 2) / 2)
    return np.fft.irfft(spectrum)[:length].astype(np.float32)


def hum(length: int, random: Random) -> np.ndarray:
    """Mains and motors: harmonics of one low tone."""
    times = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    base = random.choice([50, 60, random.uniform(80, 300)])
    tones = [random.uniform(0, 1) / n * np.sin(2 * np.pi * (base * n * times + random.random())) for n in range(1, 12)]
    return sum(tones).astype(np.float32)


def clicks(length: int, random: Random) -> np.ndarray:
    """Keys and knocks: short decaying bursts at random moments."""
    noise = np.zeros(length, np.float32)
    for _ in range(random.poisson(3 * length / SAMPLE_RATE) + 1):
        size = int(random.uniform(0.003, 0.04) * SAMPLE_RATE)
        at = random.integers(0, max(1, length - size))
        burst = random.standard_normal(size) * np.exp(-5 * np.arange(size) / size) * random.uniform(0.2, 1)
        noise[at : at + size] += burst[: length - at]
    return noise


def swell(noise: np.ndarray, random: Random) -> np.ndarray:
    """Noise that comes and goes."""
    points = random.uniform(-12, 6, max(2, len(noise) // 8000))
    level = np.interp(np.linspace(0, len(points) - 1, len(noise)), np.arange(len(points)), points)
    return (noise * 10 ** (level / 20)).astype(np.float32)


def noise(length: int, random: Random, babble: Callable[[int], np.ndarray] | None = None) -> np.ndarray:
    """Some noise with a root mean square of 1. `babble` gives other voices."""
    kinds = [coloured_noise, coloured_noise, coloured_noise, hum, clicks]
    kind = random.integers(0, len(kinds) + (babble is not None))
    made = babble(length) if kind == len(kinds) else kinds[kind](length, random)
    if kind in (3, 4):
        made = made / (made.std() + 1e-9) + random.uniform(0.1, 1) * _unit(coloured_noise(length, random))
    if random.random() < 0.3:
        made = swell(made, random)
    return _unit(made)


def equalise(samples: np.ndarray, random: Random) -> np.ndarray:
    """A microphone's own sound: a smooth random frequency response, a few decibels up and down."""
    gains = 10 ** (np.cumsum(random.uniform(-3, 3, 8)) / 20)
    taps = signal.firwin2(65, np.linspace(0, 1, 8), gains / gains.mean())
    return signal.lfilter(taps, 1, samples).astype(np.float32)


def telephone(samples: np.ndarray, random: Random) -> np.ndarray:
    """300 to 3400 Hz, 8 kHz, µ-law (ITU-T G.711 in form)."""
    low, high = random.uniform(200, 350), random.uniform(3200, 3700)
    narrow = signal.sosfilt(signal.butter(4, [low, high], "bandpass", fs=SAMPLE_RATE, output="sos"), samples)
    narrow = signal.resample_poly(narrow, 1, 2)
    peak = np.abs(narrow).max() + 1e-9
    squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow) / peak) / np.log(256)
    squeezed = np.round(squeezed * 127) / 127
    narrow = np.sign(squeezed) * np.expm1(np.abs(squeezed) * np.log(256)) / 255 * peak
    return signal.resample_poly(narrow, 2, 1).astype(np.float32)


def distort(
    samples: np.ndarray, random: Random, babble: Callable[[int], np.ndarray] | None = None
) -> np.ndarray:
    """One voice in one of many rooms, microphones and noises; the level varies over 40 dB."""
    if random.random() < 0.4:
        samples = room(samples, random)
    if random.random() < 0.5:
        samples = equalise(samples, random)
    before, after = (random.uniform(0, 0.6, 2) * SAMPLE_RATE).astype(int)
    samples = np.pad(samples, (before, after))
    loudness = np.sqrt((samples**2).mean() + 1e-12)
    if random.random() < 0.6:
        decibels = random.uniform(3, 30)
        samples = samples + loudness * 10 ** (-decibels / 20) * noise(len(samples), random, babble)
    else:
        decibels = random.uniform(30, 60)
        samples = samples + loudness * 10 ** (-decibels / 20) * _unit(coloured_noise(len(samples), random))
    if random.random() < 0.12:
        samples = telephone(samples, random)
    if random.random() < 0.05:
        limit = random.uniform(0.2, 0.6) * np.abs(samples).max()
        samples = np.clip(samples, -limit, limit)
    return set_level(samples, random.uniform(-50, -12))


def set_level(samples: np.ndarray, decibels: float) -> np.ndarray:
    """To a root mean square in dB below full scale, with the steps of 16 bits."""
    scaled = samples * (10 ** (decibels / 20) / np.sqrt((samples**2).mean() + 1e-12))
    return (np.round(np.clip(scaled, -1, 1) * 32767) / 32768).astype(np.float32)


def _unit(samples: np.ndarray) -> np.ndarray:
    return samples / (np.sqrt((samples**2).mean()) + 1e-9)
