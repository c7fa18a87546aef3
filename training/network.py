"""The reading network: one encoder, and a pointer that answers "which character?".

Every question is put by a *query* (a line's speaker, a line's addressee, a pronoun or description)
and answered by *items* (names, lines, pronouns) that vote for the characters they belong to.
Shapes are those of ``fullcast.infer.encode``; B is the batch.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from fullcast.infer.encode import SLOTS, TRAITS, WINDOW

TURNS, PARAGRAPHS, DISTANCES = 12, 6, 10
"""How far apart a query and an item can be told to be: half turns, paragraphs, log2 of pieces."""
_KINDS = 8
_ITEM_KINDS = 4
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    words: int = 30522
    pointer: int = 128


class Layer(nn.Module):
    """A transformer layer as BERT has it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.dropout = dropout
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Read [B, T, H]; ``mask`` [B, 1, T, T] tells which pieces are there."""
        b, t, h = x.shape
        q, k, v = self.attend(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.attended(y.transpose(1, 2).reshape(b, t, h))
        x = self.attended_norm(x + _thin(y, self.dropout, self.training))
        y = self.narrow(functional.gelu(self.widen(x)))
        return self.norm(x + _thin(y, self.dropout, self.training))


class Network(nn.Module):
    """Reads a batch of windows; see :meth:`forward`."""

    def __init__(self, shape: Shape, dropout: float = 0.05) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        h, d = shape.width, shape.pointer
        self.words = nn.Embedding(shape.words, h)
        self.places = nn.Embedding(WINDOW, h)
        self.kinds = nn.Embedding(_KINDS, h)
        self.slots = nn.Embedding(SLOTS, h)
        self.traits = nn.Linear(TRAITS, h)
        self.norm = nn.LayerNorm(h, eps=1e-12)
        self.encoder = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.key = nn.Sequential(nn.Linear(h, d), nn.LayerNorm(d))
        self.ask_mention = Question(h, d)
        self.ask_speaker = Question(3 * h, d)
        self.ask_addressee = Question(3 * h, d)
        self.turn = nn.Embedding(_ITEM_KINDS * (2 * TURNS + 1), d)
        self.paragraph = nn.Embedding(2 * PARAGRAPHS + 1, d)
        self.distance = nn.Embedding(2 * DISTANCES + 1, d)
        self.trait_key = nn.Linear(TRAITS, d)
        for table in (self.kinds, self.slots, self.turn, self.paragraph, self.distance):
            nn.init.normal_(table.weight, std=0.05)

    def forward(
        self,
        ids: Tensor,
        kinds: Tensor,
        owners: Tensor,
        who: Tensor,
        items: Tensor,
        mentions: Tensor,
        lines: Tensor,
        own: Tensor,
        traits: Tensor,
        mask: Tensor,
        listed: Tensor,
        counted: Tensor,
        deal: Tensor | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return log-odds [B, L, S] of speakers and of addressees, and [B, M, S] of mentions.

        ``deal`` [B, S] says which slot's vector each slot has; in order where it is not given.
        """
        seen = self.read(ids, kinds, owners, who, traits, mask, deal)
        keys = self.key(seen)
        known = items.shape[1]
        absent = torch.where(counted, 0.0, _NEVER)[:, None]
        silent = torch.where(listed, 0.0, _NEVER)[:, None]
        stage = Stage(self, traits, torch.cat((items, mentions), 1), keys)
        asked = self.ask_mention(_at(seen, mentions[:, :, 0]))
        scores = stage.scores(self.ask_mention, asked, mentions, mentions[:, :, 0]) + absent
        traced = stage.pool(asked, scores[:, :, :known], who) + silent
        votes = torch.cat((who, traced.softmax(-1).to(who.dtype)), 1)
        ends = torch.stack((lines[:, :, 0], lines[:, :, 1], lines[:, :, 1] + 1), 1)
        told = torch.cat([_at(seen, ends[:, n]) for n in range(3)], -1)
        places = torch.arange(votes.shape[1], device=ids.device)
        itself = torch.where(places[None, None] == own[:, :, None], _NEVER, 0.0)
        answers = []
        for question in (self.ask_speaker, self.ask_addressee):
            asked = question(told)
            scores = stage.scores(question, asked, lines, lines[:, :, 0]) + absent + itself
            answers.append(stage.pool(asked, scores, votes) + silent)
        return answers[0], answers[1], traced

    def read(
        self,
        ids: Tensor,
        kinds: Tensor,
        owners: Tensor,
        who: Tensor,
        traits: Tensor,
        mask: Tensor,
        deal: Tensor | None,
    ) -> Tensor:
        """Encode [B, T] pieces, with whose each is, as [B, T, H]."""
        belongs = who @ self.dealt(traits, deal).to(who.dtype)
        belongs = functional.pad(belongs, (0, 0, 1, 0))
        x = self.words(ids) + self.places.weight[None, : ids.shape[1]] + self.kinds(kinds)
        x = self.norm(x + _at(belongs, owners))
        x = _thin(x, self.dropout, self.training)
        seen = mask[:, None, None].expand(-1, 1, ids.shape[1], -1)
        for layer in self.encoder:
            x = layer(x, seen)
        return x

    def dealt(self, traits: Tensor, deal: Tensor | None) -> Tensor:
        """Return the vector [B, S, H] of each slot's character."""
        slots = self.slots.weight[None, : traits.shape[1]] if deal is None else self.slots(deal)
        return torch.as_tensor(slots + self.traits(traits))


class Question(nn.Module):
    """One of the things asked."""

    def __init__(self, width: int, pointer: int) -> None:
        super().__init__()
        self.query = nn.Sequential(
            nn.Linear(width, pointer),
            nn.GELU(),
            nn.Linear(pointer, pointer),
            nn.LayerNorm(pointer),
        )
        # What a place is worth whatever is asked. Begins at nothing and learns fast.
        self.turn = nn.Parameter(torch.zeros(_ITEM_KINDS * (2 * TURNS + 1)))
        self.paragraph = nn.Parameter(torch.zeros(2 * PARAGRAPHS + 1))
        self.distance = nn.Parameter(torch.zeros(2 * DISTANCES + 1))

    def forward(self, told: Tensor) -> Tensor:
        """Return [B, Q, D] of [B, Q, width]."""
        return torch.as_tensor(self.query(told))


class Stage:
    """The items of a batch, ready to be pointed at."""

    def __init__(self, network: Network, traits: Tensor, items: Tensor, keys: Tensor) -> None:
        self._items = items
        self._keys = _at(keys, items[:, :, 0])
        self._traits = network.trait_key(traits)
        self._network = network

    def scores(self, question: Question, asked: Tensor, queries: Tensor, at: Tensor) -> Tensor:
        """Return what each item [B, Q, N] is worth to each query."""
        network, items = self._network, self._items
        tables = (network.turn, network.paragraph, network.distance)
        turn = (items[:, None, :, 2] - queries[:, :, None, -2]).clamp(-TURNS, TURNS) + TURNS
        kind = items[:, None, :, 1]
        paragraph = items[:, None, :, 3] - queries[:, :, None, -1]
        paragraph = paragraph.clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
        far = items[:, None, :, 0] - at[:, :, None]
        steps = torch.floor(torch.log2(far.abs().float() + 1.0)).long().clamp(max=DISTANCES)
        distance = torch.where(far < 0, -steps, steps) + DISTANCES
        scale = math.sqrt(asked.shape[-1])
        score = asked @ self._keys.transpose(1, 2) / scale
        picks = (turn + kind * (2 * TURNS + 1), paragraph, distance)
        flat = (question.turn, question.paragraph, question.distance)
        for table, bias, pick in zip(tables, flat, picks, strict=True):
            told = asked @ table.weight.T / scale + bias
            score = score + torch.gather(told, 2, pick.expand(-1, score.shape[1], -1))
        return score.float()

    def pool(self, asked: Tensor, scores: Tensor, votes: Tensor) -> Tensor:
        """Return log-odds [B, Q, S]: the votes of all items, and of being there at all."""
        there = (asked @ self._traits.transpose(1, 2)).float() / math.sqrt(asked.shape[-1])
        top = torch.maximum(scores.amax(-1, keepdim=True), there.amax(-1, keepdim=True)).detach()
        voted = torch.exp(scores - top) @ votes.float()
        return torch.log(voted + torch.exp(there - top) + 1e-6) + top


def _thin(x: Tensor, share: float, training: bool) -> Tensor:
    """Drop features of a whole window at once, ten times faster than dropping each alone."""
    if not training or not share:
        return x
    kept = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - share)
    return x * (kept / (1 - share))


def _at(x: Tensor, places: Tensor) -> Tensor:
    """Return [B, N, H] of [B, T, H], at places [B, N]."""
    return torch.gather(x, 1, places[:, :, None].expand(-1, -1, x.shape[-1]))


def base_network(base: Path, dropout: float = 0.05) -> Network:
    """Return a network that begins with the weights of a BERT-like base, a folder."""
    network = Network(Shape(), dropout)
    found = load_file(base / "model.safetensors")
    weights = {name.removeprefix("bert."): tensor.float() for name, tensor in found.items()}
    own = dict(network.state_dict())
    own.update(translate(weights, network.shape.layers))
    network.load_state_dict(own)
    network.words.weight.requires_grad_(False)
    return network


def translate(weights: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Rename a BERT's weights to ours."""
    types = weights["embeddings.token_type_embeddings.weight"][0]
    found = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"] + types,
    }
    parts = {"embeddings.LayerNorm": "norm"}
    for n in range(layers):
        theirs = f"encoder.layer.{n}."
        for kind in ("weight", "bias"):
            names = (f"{theirs}attention.self.{part}.{kind}" for part in ("query", "key", "value"))
            found[f"encoder.{n}.attend.{kind}"] = torch.cat([weights[name] for name in names])
        parts |= {
            f"{theirs}attention.output.dense": f"encoder.{n}.attended",
            f"{theirs}attention.output.LayerNorm": f"encoder.{n}.attended_norm",
            f"{theirs}intermediate.dense": f"encoder.{n}.widen",
            f"{theirs}output.dense": f"encoder.{n}.narrow",
            f"{theirs}output.LayerNorm": f"encoder.{n}.norm",
        }
    for old, new in parts.items():
        for kind in ("weight", "bias"):
            found[f"{new}.{kind}"] = weights[f"{old}.{kind}"]
    return found
