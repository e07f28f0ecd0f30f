"""The entities that spaCy's recognizer finds, decided for all tokens of a batch at once.

The recognizer goes from token to token and asks each of its moves whether it may be made (BILUO moves of a transition
system, Lample et al. 2016, 'Neural architectures for named entity recognition'); that takes longer than all of its
arithmetic. Outside of an entity its scores depend on the token alone, within one on the token and the first one of the
entity. So the former are taken together, the latter for all open entities together, a token further each time. What is
found is the same.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Array = NDArray[Any]

_HERE, _FIRST, _BEFORE = 0, 1, 2
"""What scores depend on: a token and, where an entity is open, its first token and the one before."""


def add_recognizer(nlp: "Language") -> None:
    """Put the recognizer of this module in the place of the pipeline's own, where that is one of greedy moves."""
    from spacy.language import Language

    if "ner" not in nlp.pipe_names or not _fits(nlp):
        return
    if not Language.has_factory("kg_recognizer"):
        Language.factory("kg_recognizer", func=_made, assigns=["doc.ents"])
    nlp.add_pipe("kg_recognizer", after="ner")
    nlp.disable_pipe("ner")


def _made(nlp: "Language", name: str) -> "Recognizer":  # noqa: ARG001  (spaCy names both)
    return Recognizer(nlp.get_pipe("ner"))


def _fits(nlp: "Language") -> bool:
    """Whether the recognizer is of the kind that this module knows, and nobody finds entities before it."""
    from thinc.api import NumpyOps

    trained: Any = nlp.get_pipe("ner")
    others = [name for name in nlp.pipe_names if name != "ner"]
    return (
        trained.cfg.get("beam_width") == 1
        and trained.model.attrs.get("has_upper")
        and not trained.model.attrs["unseen_classes"]
        and trained.model.get_ref("lower").get_dim("nF") == 1 + _BEFORE
        and isinstance(trained.model.ops, NumpyOps)
        and not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in others)
    )


class Recognizer:
    """A component that finds what a trained EntityRecognizer would."""

    def __init__(self, trained: Any) -> None:
        import numpy as np

        self.model = trained.model
        moves = [trained.moves.get_class_name(number).partition("-")[::2] for number in range(trained.moves.n_moves)]
        row = {move: number for number, move in enumerate(moves)}
        self._labels = [label for move, label in moves if move == "B"]
        self._out = row["O", ""]
        self._begin, self._unit, self._in, self._last = (
            np.array([row[move, label] for label in self._labels]) for move in ("B", "U", "I", "L")
        )

    def __call__(self, doc: "Doc") -> "Doc":
        """Return a text with its entities set."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable["Doc"], *, batch_size: int = 32) -> Iterator["Doc"]:
        """Yield the texts with their entities set, in order."""
        rest = iter(docs)
        while batch := list(islice(rest, batch_size)):
            self._recognize(batch)
            yield from batch

    def _recognize(self, docs: Sequence["Doc"]) -> None:
        from spacy.tokens import Span

        first = 0
        found = deque(self._found(docs) if any(len(doc) for doc in docs) else ())
        for doc in docs:
            spans = []
            while found and found[0][0] < first + len(doc):
                start, end, label = found.popleft()
                spans.append(Span(doc, start - first, end - first, label=label))
            doc.set_ents(spans, default="outside")
            first += len(doc)

    def _found(self, docs: Sequence["Doc"]) -> list[tuple[int, int, str]]:
        """Return start, end and label of the entities, in tokens of all texts together."""
        tokens = self.model.get_ref("lower").predict(self.model.get_ref("tok2vec").predict(docs))
        parting = _parting(docs)
        label, is_begin, is_unit = self._decisions(tokens, parting, _spaces(docs))
        ends = self._ends(tokens, parting, is_begin.nonzero()[0], label)
        spans, last = [], 0
        for at in (is_begin | is_unit).nonzero()[0].tolist():
            if at >= last:
                last = ends.get(at, at + 1)
                spans.append((at, last, self._labels[label[at]]))
        return spans

    def _decisions(self, tokens: "Array", parting: "Array", spaces: "Array") -> "tuple[Array, Array, Array]":
        """Return for each token, as where no entity is open: the label, and whether one begins, or is it alone."""
        import numpy as np

        scores = self._scores(tokens[1:, _HERE] + tokens[0, _FIRST] + tokens[0, _BEFORE])
        begin = np.where((spaces | parting)[:, None], -np.inf, scores[:, self._begin])
        unit = np.where(spaces[:, None], -np.inf, scores[:, self._unit])
        to_begin, alone = begin.max(axis=1), unit.max(axis=1)
        is_begin = (to_begin > scores[:, self._out]) & (to_begin > alone)
        is_unit = (alone > scores[:, self._out]) & ~is_begin
        return np.where(is_begin, begin.argmax(axis=1), unit.argmax(axis=1)), is_begin, is_unit

    def _ends(self, tokens: "Array", parting: "Array", begun: "Array", label: "Array") -> dict[int, int]:
        """Return where the entities that begin at tokens end."""
        ends: dict[int, int] = {}
        at = begun + 1
        while begun.size:
            scores = self._scores(tokens[at + 1, _HERE] + tokens[begun + 1, _FIRST] + tokens[at, _BEFORE])
            each = range(len(begun)), label[begun]
            goes_on = ~parting[at] & (scores[:, self._in][each] > scores[:, self._last][each])
            ends.update(zip(begun[~goes_on].tolist(), (at[~goes_on] + 1).tolist(), strict=True))
            begun, at = begun[goes_on], at[goes_on] + 1
        return ends

    def _scores(self, states: "Array") -> "Array":
        """Return the scores of the moves, of states of shape (n, width, pieces): shape (n, moves)."""
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        scores: Array = upper.predict((states + lower.get_param("b")).max(axis=-1))
        return scores


def _parting(docs: Sequence["Doc"]) -> "Array":
    """Return for each token whether a sentence or the text ends with it: no entity goes on from there."""
    import numpy as np

    starts = np.concatenate([doc.to_array("SENT_START").astype(np.int64) == 1 for doc in docs])
    parting: Array = np.append(starts[1:], True)
    parting[np.cumsum([len(doc) for doc in docs if len(doc)]) - 1] = True
    return parting


def _spaces(docs: Sequence["Doc"]) -> "Array":
    import numpy as np

    spaces: Array = np.concatenate([doc.to_array("IS_SPACE").astype(bool) for doc in docs])
    return spaces
