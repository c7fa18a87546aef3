"""How turns follow one another: the same speaker again, or the one before last."""

from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.analysis.scene.layout import Layout
from fullcast.analysis.scene.vocatives import asks
from fullcast.infer.story import NOBODY
from fullcast.model import BlockKind, Quotation, QuotationKind

FAR = 3
"""Paragraphs of narration between two turns, from which the count no longer matters."""
_LONG_WORDS = 60
_SHORT_WORDS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """How a quotation follows the one before it."""

    gap: str
    """``start`` opens a scene, ``thought`` is no turn, ``same`` stands in the same paragraph, a
    digit counts the paragraphs of narration between."""
    after: str
    """What the one before was: it ``asks``, or is ``long`` or ``short``."""


def find_steps(text: str, layout: Layout, quotations: Sequence[Quotation]) -> list[Step]:
    """Return for each quotation how it follows the one before it."""
    breaks = [p.kind is not BlockKind.PARAGRAPH for p in layout.paragraphs]
    steps: list[Step] = []
    for t, first in enumerate(layout.first):
        if t == 0 or any(breaks[layout.last[t - 1] + 1 : first + 1]):
            steps.append(Step("start", ""))
            continue
        if QuotationKind.THOUGHT in (quotations[t].kind, quotations[t - 1].kind):
            steps.append(Step("thought", ""))
            continue
        between = first - layout.last[t - 1] - 1
        gap = "same" if between < 0 else str(min(between, FAR))
        steps.append(Step(gap, _kind(text, quotations[t - 1])))
    return steps


def _kind(text: str, quotation: Quotation) -> str:
    words = [word for span in quotation.spans for word in span.of(text).split()]
    if asks(text, quotation):
        return "asks"
    if len(words) >= _LONG_WORDS:
        return "long"
    return "short" if len(words) <= _SHORT_WORDS else ""


def link_features(step: Step, before: Step, s: str, r: str, q: str) -> list[str]:
    """Name what holds between a speaker ``s`` and the two before, ``r`` and ``q``."""
    if step.gap in ("start", "thought") or not r or s == NOBODY:
        return []
    found = []
    if s == r:
        found.append(f"again after {step.gap}")
        if step.gap in ("0", "1") and step.after:
            found.append(f"again after {step.gap} {step.after}")
    if q and before.gap not in ("start", "thought") and s == q and s != r:
        found.append(f"back after {_joint(step.gap, before.gap)}")
        if step.gap == "0" and step.after == "asks":
            found.append("back after asks")
    return found


def _joint(gap: str, before: str) -> str:
    return f"{gap} and {before}" if "same" not in (gap, before) else "same"
