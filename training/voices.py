"""Debian's English voices (components main and non-free):
apt-get install espeak-ng flite festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts rhvoice rhvoice-english
libttspico-utils
"""

import os
import subprocess

import numpy as np
import soundfile

RHVOICE = ["alan", "bdl", "clb", "slt"]
PICO = ["en-US", "en-GB"]
FLITE = ["slt", "rms", "awb", "kal16"]
FESTIVAL = ["voice_kal_diphone", "voice_ked_diphone", "voice_cmu_us_slt_arctic_hts"]
ESPEAK = ["en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029"]
ESPEAK_SPEAKERS = ["", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5"]
#: The share of each engine: those that sound most like people the most, Festival little, which takes long.
SHARES = {"rhvoice": 0.30, "pico": 0.35, "flite": 0.27, "espeak": 0.06, "festival": 0.02}


def speak(text: str, folder: str, random: np.random.Generator) -> tuple[np.ndarray, int, str]:
    """Samples, their rate, and the voice; `folder` is for files in passing."""
    written, spoken = f"{folder}/text.txt", f"{folder}/spoken.wav"
    with open(written, "w", encoding="ascii", errors="ignore") as file:
        file.write(text)
    if os.path.exists(spoken):
        os.remove(spoken)

    def whole(low: int, high: int) -> str:
        return str(random.integers(low, high))

    engine = random.choice(list(SHARES), p=list(SHARES.values()))
    if engine == "rhvoice":
        voice = random.choice(RHVOICE)
        command = ["RHVoice-test", "-p", voice, "-r", whole(85, 130), "-t", whole(75, 130), "-i", written, "-o", spoken]
    elif engine == "pico":
        voice = random.choice(PICO)
        speed, pitch = whole(80, 135), whole(75, 130)
        marked = f'<speed level="{speed}"><pitch level="{pitch}">{text}</pitch></speed>'
        command = ["pico2wave", "-l", voice, "-w", spoken, marked]
    elif engine == "flite":
        voice = random.choice(FLITE)
        stretch = f"duration_stretch={random.uniform(0.75, 1.2):.2f}"
        command = ["flite", "-voice", voice, "--setf", stretch, "-t", text, "-o", spoken]
    elif engine == "espeak":
        voice = random.choice(ESPEAK) + random.choice(ESPEAK_SPEAKERS)
        command = ["espeak-ng", "-v", voice, "-s", whole(125, 190), "-p", whole(25, 75), "-w", spoken, text]
    else:
        voice = random.choice(FESTIVAL)
        command = ["text2wave", "-eval", f"({voice})", "-o", spoken, written]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=True)
    samples, rate = soundfile.read(spoken, dtype="float32")
    return samples, rate, f"{engine}-{voice}"
