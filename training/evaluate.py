"""Word error rates of a model folder, source by source, with Steno's own engine.

usage: evaluate.py CLIPS [--model DIR] [--sound as-is|telephone|quiet|noisy] [--greedy] [--json OUT]
       evaluate.py noise [--model DIR]        what is written where nobody speaks

CLIPS is a folder with WAV files and a transcripts.json as ../shared/audio has, or as held_out.py writes. The words come
from `npm run -s transcribe`, so these are the product's figures.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile

import numpy as np
import onnxruntime
import soundfile

import augment
from features import SAMPLE_RATE, log_mel, normalise_bands
from pieces import Pieces
from wer import WordErrors

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(HERE)
STARTER = f"{PROJECT}/resources/models/starter-en"
NOISE_MINUTES = 10


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("clips")
    parser.add_argument("--model", default=STARTER)
    parser.add_argument("--sound", choices=list(SOUNDS), default="as-is")
    parser.add_argument("--greedy", action="store_true", help="without the beam and the language model of config.json")
    parser.add_argument("--decoding", type=json.loads, help="instead of config.json's, as JSON")
    parser.add_argument("--json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = with_decoding(options, folder)
        if options.clips == "noise":
            print(noise_figures(model, folder))
            return
        with open(f"{options.clips}/transcripts.json", encoding="utf8") as file:
            rows = json.load(file)
        paths = [changed(f"{options.clips}/{row['file']}", SOUNDS[options.sound], folder) for row in rows]
        heard = transcribe(paths, model)
    if options.json:
        with open(options.json, "w", encoding="utf8") as file:
            json.dump({row["file"]: text for row, text in zip(rows, heard)}, file, indent=1)
    print_table(rows, heard)


def print_table(rows: list[dict], heard: list[str]) -> None:
    errors: dict[str, WordErrors] = {"all": WordErrors()}
    clips: dict[str, int] = {}
    for row, text in zip(rows, heard):
        for name in ("all", source_of(row)):
            errors.setdefault(name, WordErrors()).add(for_scoring(row["text"]), for_scoring(text))
            clips[name] = clips.get(name, 0) + 1
    print("| clips | number | words | WER |\n|---|---|---|---|")
    for name, error in errors.items():
        print(f"| {name} | {clips[name]} | {error.words:,} | {100 * error.rate:.1f} % |")


def source_of(row: dict) -> str:
    return re.match(r"[A-Za-z]+", row["file"])[0]


def for_scoring(text: str) -> str:
    """As src/shared/scoring.ts."""
    text = re.sub(r"[^a-z']+", " ", text.lower().replace("’", "'"))
    text = re.sub(r"(?<![a-z'])'+|'+(?![a-z'])", " ", text)
    return " ".join(text.split())


def with_decoding(options: argparse.Namespace, folder: str) -> str:
    """The model folder, or a copy with other settings of decoding."""
    if not options.greedy and options.decoding is None:
        return options.model
    copy = f"{folder}/model"
    os.mkdir(copy)
    for name in os.listdir(options.model):
        os.symlink(os.path.abspath(f"{options.model}/{name}"), f"{copy}/{name}")
    with open(f"{options.model}/config.json", encoding="utf8") as file:
        config = json.load(file)
    config.pop("decoding", None)
    if options.decoding is not None:
        config["decoding"] = options.decoding
    os.remove(f"{copy}/config.json")
    with open(f"{copy}/config.json", "w", encoding="utf8") as file:
        json.dump(config, file)
    return copy


def telephone(samples: np.ndarray) -> np.ndarray:
    return augment.telephone(samples, np.random.default_rng(1))


def quiet(samples: np.ndarray) -> np.ndarray:
    return augment.set_level(samples, -55)


def noisy(samples: np.ndarray) -> np.ndarray:
    """Pink noise 10 dB below the voice."""
    random = np.random.default_rng(1)
    noise = np.fft.rfft(random.standard_normal(len(samples)))
    noise = np.fft.irfft(noise / np.sqrt(np.maximum(np.arange(len(noise)), 8)), len(samples))
    return samples + noise * np.sqrt((samples**2).mean() / (noise**2).mean()) * 10 ** (-10 / 20)


SOUNDS = {"as-is": None, "telephone": telephone, "quiet": quiet, "noisy": noisy}


def changed(path: str, change, folder: str) -> str:
    if change is None:
        return path
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == SAMPLE_RATE
    to = f"{folder}/{os.path.basename(path)}"
    soundfile.write(to, np.clip(change(samples), -1, 1), SAMPLE_RATE, subtype="PCM_16")
    return to


def noise_figures(model: str, folder: str) -> str:
    """Through the whole product, where the voice detector keeps most of it from the model, and by the model alone."""
    random = np.random.default_rng(1)
    made = [
        augment.set_level(augment.noise(20 * SAMPLE_RATE, random), random.uniform(-70, -20))
        for _ in range(NOISE_MINUTES * 3)
    ]
    paths = [f"{folder}/{i}.wav" for i in range(len(made))]
    for path, samples in zip(paths, made):
        soundfile.write(path, samples, SAMPLE_RATE, subtype="PCM_16")
    through = [len(text.split()) for text in transcribe(paths, model)]
    alone = [len(text.split()) for text in read_alone(made, model)]
    return "\n".join(
        f"{NOISE_MINUTES} minutes of noise, {name}: {sum(words)} words in {sum(map(bool, words))} of {len(words)} clips"
        for name, words in (("through Steno", through), ("model alone, greedy", alone))
    )


def read_alone(clips: list[np.ndarray], model: str) -> list[str]:
    session = onnxruntime.InferenceSession(f"{model}/model.onnx")
    with open(f"{model}/tokens.txt", encoding="utf8") as file:
        pieces = Pieces(file.read().split("\n")[1:-1], [])
    texts = []
    for samples in clips:
        features = normalise_bands(log_mel(samples))[None]
        (log_probs,) = session.run(["log_probs"], {"features": features.astype(np.float32)})
        texts.append(pieces.greedy(log_probs[0].argmax(1).tolist()))
    return texts


def transcribe(paths: list[str], model: str) -> list[str]:
    npm = shutil.which("npm")
    command = [npm, "run", "-s", "transcribe", "--", "--format", "json", "--model", os.path.abspath(model)]
    command += map(os.path.abspath, paths)
    # Clips without speech are mentioned on standard error.
    run = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode("utf8"))
    return [json.loads(line)["text"] for line in run.stdout.decode("utf8").splitlines()]


if __name__ == "__main__":
    main()
