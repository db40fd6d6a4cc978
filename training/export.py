"""The trained network as a model folder for Steno: model.onnx, tokens.txt, config.json.

usage: export.py AVERAGE PIECES OUT [--language-model LM] [--checkpoint TO]     (export.py --help: weights of decoding)

LM is an .arpa.gz, or what scripts/pack-language-model.ts makes of one.

Weights are stored as 8-bit integers with a scale per output and become float32 when the model is loaded; the arithmetic
is float32. --checkpoint stores the network in float16 too, to train on from (train.py --from).
"""

import argparse
import json
import os
import shutil

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import TensorProto, helper, numpy_helper

from features import BANDS, CONFIG, SAMPLE_RATE
from network import Network, Shape
from pieces import BLANK, WORD_START, Pieces

#: Weights of fewer values stay as they are.
SMALL = 2048
LONGEST_SECONDS = 20


class Answers(nn.Module):
    def __init__(self, network: Network):
        super().__init__()
        self.network = network

    def forward(self, features):
        return self.network(features)[0]


def to_integers(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 values and the scales they are multiplied with, along whichever axis loses least."""
    best = None
    for axis in range(min(2, weights.ndim)):
        others = tuple(i for i in range(weights.ndim) if i != axis)
        scales = np.maximum(np.abs(weights).max(axis=others, keepdims=True) / 127, 1e-12).astype(np.float32)
        values = np.round(weights / scales).astype(np.int8)
        lost = float(((values * scales - weights) ** 2).sum())
        if best is None or lost < best[0]:
            best = (lost, values, scales)
    return best[1], best[2]


def shrink(model: onnx.ModelProto) -> None:
    """onnxruntime folds Cast and Mul of constants when it loads, so this costs nothing later."""
    graph, nodes, kept = model.graph, [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < SMALL:
            kept.append(tensor)
            continue
        name = tensor.name
        values, scales = to_integers(weights)
        kept += [
            numpy_helper.from_array(values, f"{name}.values"),
            numpy_helper.from_array(scales, f"{name}.scales"),
        ]
        nodes.append(helper.make_node("Cast", [f"{name}.values"], [f"{name}.floats"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.floats", f"{name}.scales"], [name]))
    nodes += list(graph.node)
    del graph.initializer[:]
    del graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)


def export(network: Network, path: str) -> None:
    torch.onnx.export(
        Answers(network),
        (torch.randn(1, 237, BANDS),),
        path,
        dynamo=False,
        opset_version=17,
        input_names=["features"],
        output_names=["log_probs"],
        dynamic_axes={"features": {1: "frames"}, "log_probs": {1: "steps"}},
    )
    model = onnx.load(path)
    shrink(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def check(network: Network, path: str) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(path)
    for frames in (1, 98, 731):
        features = torch.randn(1, frames, BANDS)
        with torch.no_grad():
            wanted = network(features)[0].numpy()
        (given,) = session.run(["log_probs"], {"features": features.numpy()})
        assert given.shape == wanted.shape, (given.shape, wanted.shape)
        print(f"{frames} frames: largest difference of a probability {np.abs(np.exp(given) - np.exp(wanted)).max():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("average")
    parser.add_argument("pieces")
    parser.add_argument("out")
    parser.add_argument("--language-model")
    parser.add_argument("--weight", type=float, default=0.6)
    parser.add_argument("--word-bonus", type=float, default=1.6)
    parser.add_argument("--unknown", type=float, default=-14, help="what a word costs that the language model lacks")
    parser.add_argument("--beam", type=int, default=64)
    parser.add_argument("--checkpoint")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    stored = torch.load(options.average, map_location="cpu")
    network = Network(Shape(**stored["shape"]))
    network.load_state_dict(stored["network"])
    network.eval()
    pieces = Pieces.load(options.pieces)
    path = f"{options.out}/model.onnx"
    export(network, path)
    check(network, path)
    with open(f"{options.out}/tokens.txt", "w", encoding="utf8") as file:
        file.write("\n".join(["<blank>", *pieces.pieces]) + "\n")
    config = {
        "family": "ctc",
        "language": "en",
        "sampleRate": SAMPLE_RATE,
        "features": CONFIG,
        "input": f"features [1, frames, {BANDS}]",
        "output": "log_probs [1, steps, tokens], steps = ⌈frames / 8⌉, 80 ms each",
        "blank": BLANK,
        "wordStart": WORD_START,
        "maxSeconds": LONGEST_SECONDS,
    }
    if options.language_model:
        name = "lm.ngrams" if options.language_model.endswith(".ngrams") else "lm.arpa.gz"
        shutil.copyfile(options.language_model, f"{options.out}/{name}")
        config["decoding"] = {
            "beamWidth": options.beam,
            "languageModel": name,
            "weight": options.weight,
            "wordBonus": options.word_bonus,
            "unknownPenalty": options.unknown,
        }
    with open(f"{options.out}/config.json", "w", encoding="utf8") as file:
        json.dump(config, file, indent=1, ensure_ascii=False)
        file.write("\n")
    if options.checkpoint:
        halves = {name: value.half() for name, value in stored["network"].items()}
        torch.save({"shape": stored["shape"], "network": halves}, options.checkpoint)
    sizes = {name: os.path.getsize(f"{options.out}/{name}") for name in sorted(os.listdir(options.out))}
    print(sizes, f"{sum(sizes.values()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
