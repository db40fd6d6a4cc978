"""The held-out readers' clips as WAV files with a transcripts.json, to choose decoding weights on (never on ../shared/audio,
which judges).

usage: held_out.py SPEECH OUT
"""

import glob
import json
import os
import sys

import soundfile

from features import SAMPLE_RATE
from prepare import HELD_OUT_CLIPS_PER_READER, held_out_readers, read_clips, usable
from text import normalise


def main() -> None:
    speech, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    listed = []
    for manifest in sorted(glob.glob(f"{speech}/*/manifest.json")):
        folder = os.path.dirname(manifest)
        with open(manifest, encoding="utf8") as file:
            held_out = held_out_readers(folder, {row["speaker"] for row in json.load(file)})
        if not held_out:
            continue
        heard: dict[str, int] = {}
        for row, samples in read_clips(folder):
            text = normalise(row["text"])
            if row["speaker"] not in held_out or not usable(row["text"], text, len(samples) / SAMPLE_RATE):
                continue
            heard[row["speaker"]] = heard.get(row["speaker"], 0) + 1
            if heard[row["speaker"]] <= HELD_OUT_CLIPS_PER_READER:
                name = f"{os.path.basename(folder).replace('-', '')}-{len(listed):04d}.wav"
                soundfile.write(f"{out}/{name}", samples, SAMPLE_RATE, subtype="PCM_16")
                listed.append({"file": name, "text": text, "speaker": row["speaker"]})
    with open(f"{out}/transcripts.json", "w", encoding="utf8") as file:
        json.dump(listed, file, indent=1)


if __name__ == "__main__":
    main()
