"""The acoustic model: convolutions bring the time step to 80 ms, then blocks of self-attention, depthwise convolution
and feed-forward layers, after Conformer (Gulati et al. 2020, arXiv 2005.08100) with one feed-forward layer per block.

Nearly all its work is matrix products at 12.5 steps per second, which a processor with bfloat16 does fast; there are
no positional encodings, since the convolutions already tell the attention what lies next to what.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

import phonemes
from features import BANDS

#: Phonemes follow each other too fast for one per step of 80 ms.
PHONEME_STEPS = 2


@dataclass(frozen=True)
class Shape:
    pieces: int
    width: int = 192
    blocks: int = 8
    heads: int = 4
    front: int = 128
    kernel: int = 15
    expansion: int = 4
    dropout: float = 0.1

    def fields(self) -> dict:
        return asdict(self)


class ChannelDropout(nn.Module):
    """Leaves out whole channels of a clip: nearly free, where a random number for every single value took a fifth of
    the training's time."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training or self.share == 0:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.heads
        self.norm = nn.LayerNorm(shape.width)
        self.inputs = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.dropout = ChannelDropout(shape.dropout)

    def forward(self, x, padding):
        batch, steps, width = x.shape
        split = self.inputs(self.norm(x)).view(batch, steps, 3, self.heads, width // self.heads)
        queries, keys, values = split.permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: over so few steps this is faster on a processor than the fused attention, which works in tiles.
        scores = torch.matmul(queries * (width // self.heads) ** -0.5, keys.transpose(2, 3))
        if padding is not None:
            scores = scores + padding
        mixed = torch.matmul(torch.softmax(scores, -1).to(values.dtype), values)
        return x + self.dropout(self.output(mixed.transpose(1, 2).reshape(batch, steps, width)))


class Convolution(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        width, kernel = shape.width, shape.kernel
        self.norm = nn.LayerNorm(width)
        self.gated = nn.Linear(width, 2 * width)
        # Two-dimensional, because only those have fast depthwise kernels for channels that lie next to each other.
        self.depthwise = nn.Conv2d(width, width, (1, kernel), padding=(0, kernel // 2), groups=width)
        self.norm_inside = nn.LayerNorm(width)
        self.output = nn.Linear(width, width)
        self.dropout = ChannelDropout(shape.dropout)

    def forward(self, x, present):
        y = F.glu(self.gated(self.norm(x)), -1)
        if present is not None:
            y = y * present
        y = self.depthwise(y.transpose(1, 2).unsqueeze(2)).squeeze(2).transpose(1, 2)
        return x + self.dropout(self.output(F.silu(self.norm_inside(y))))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.wide = nn.Linear(shape.width, shape.expansion * shape.width)
        self.output = nn.Linear(shape.expansion * shape.width, shape.width)
        self.dropout = ChannelDropout(shape.dropout)

    def forward(self, x):
        return x + self.dropout(self.output(self.dropout(F.silu(self.wide(self.norm(x))))))


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.attention = Attention(shape)
        self.convolution = Convolution(shape)
        self.feed_forward = FeedForward(shape)

    def forward(self, x, present, padding):
        return self.feed_forward(self.convolution(self.attention(x, padding), present))


class Halfway(nn.Module):
    """Says which phonemes it hears, and tells the blocks above (hierarchical conditional CTC, Higuchi et al. 2021,
    arXiv 2110.04109)."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.head = nn.Linear(shape.width, PHONEME_STEPS * phonemes.NUMBER)
        self.back = nn.Linear(PHONEME_STEPS * phonemes.NUMBER, shape.width)
        # Nothing at first, so that a network trained without it may get it.
        nn.init.zeros_(self.back.weight)
        nn.init.zeros_(self.back.bias)

    def forward(self, x):
        batch, steps, _ = x.shape
        log_probs = self.head(self.norm(x)).float().view(batch, PHONEME_STEPS * steps, phonemes.NUMBER).log_softmax(-1)
        return x + self.back(log_probs.exp().view(batch, steps, -1).to(x.dtype)), log_probs


class Network(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.front = nn.ModuleList(
            nn.Conv1d(before, after, 5, stride=2, padding=2)
            for before, after in [(BANDS, shape.front), (shape.front, shape.front), (shape.front, shape.width)]
        )
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.blocks))
        self.halfway = Halfway(shape)
        self.norm = nn.LayerNorm(shape.width)
        self.head = nn.Linear(shape.width, shape.pieces)

    def forward(self, features, frames=None):
        """features [batch, frames, bands], normalised → log-probabilities of pieces [batch, steps, pieces] and of
        phonemes [batch, PHONEME_STEPS · steps, phonemes], and the steps of each clip. Without `frames` nothing is taken
        for padding."""
        x = features.transpose(1, 2)
        for i, layer in enumerate(self.front):
            x = layer(x)
            if i < len(self.front) - 1:
                x = F.silu(x)
        x = x.transpose(1, 2)
        present = padding = steps = None
        if frames is not None:
            steps = (frames + 7) // 8
            here = torch.arange(x.shape[1]) < steps[:, None]
            present = here.unsqueeze(2).to(x.dtype)
            padding = torch.zeros(here.shape, dtype=x.dtype).masked_fill(~here, -1e4)[:, None, None]
        sounds = None
        for i, block in enumerate(self.blocks):
            x = block(x, present, padding)
            if i + 1 == len(self.blocks) // 2:
                x, sounds = self.halfway(x)
        return self.head(self.norm(x)).float().log_softmax(-1), sounds, steps
