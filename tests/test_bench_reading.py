"""Reading is measured as its documentation says: metrics by hand-computed examples, gold names and chains by rule."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from bench.reading import HALVES, chains, counted, results_of
from bench.reading.corpora import CorpusError, GoldName, crossner_text, days_of, gum_news, gum_text, half_of
from bench.reading.dates import is_right
from bench.reading.gum_names import gum_names
from bench.reading.metrics import Chains, Score, b_cubed, best_pairing, ceaf_e, coreference, mentions, muc
from bench.reading.names import bare, compared, longest, tallies
from bench.reading.sentences import gold_sentences, same_sentences, same_starts
from kg.evaluation import Tally

ROOT = Path(__file__).resolve().parents[1]

# Columns: word, tag, head, relation, edges of mentions, and 'x' where no blank follows. Invented for these tests.
OSLO = """
Oslo NNP 2 compound (1-organization-new(2-place-new)
University NNP 3 nsubj 1)
hires VBZ 0 root _
ministers NNS 3 obj _

On IN 2 case _
Monday NNP 4 obl _
, , 2 punct _
Mr NNP 5 compound (3-person-new
Lind NNP 6 nsubj 3)
met VBD 0 root _
Bergen NNP 9 nmod (4-person-new(5-place-new)
student NN 6 obj _
Ada NNP 8 flat _
Berg NNP 9 flat 4)
in IN 12 case _
Bern NNP 6 obl (6-place-new x
, , 14 punct _
Switzerland NNP 12 appos (7-place-new)6) x
. . 6 punct _

She PRP 2 nsubj (4-person-giv)
teaches VBZ 0 root _
the DT 4 det (8-person-new
Danes NNPS 2 obj 8)
. . 2 punct _
"""


def conllu(table: str) -> str:
    """Return a document in CoNLL-U, each sentence a paragraph, of a table such as the one above."""
    lines = ["# newdoc id = GUM_news_oslo", "# meta::dateCreated = 2018-07-18"]
    for number, sentence in enumerate(table.strip().split("\n\n"), start=1):
        lines += ["# newpar", "# newpar_block = p (1 s)", f"# sent_id = GUM_news_oslo-{number}"]
        for index, row in enumerate(sentence.splitlines(), start=1):
            word, tag, head, relation, *edges = row.split()
            close = "SpaceAfter=No" if edges[-1] == "x" else ""
            entity = "".join(edge for edge in edges if edge not in ("_", "x"))
            notes = "|".join(note for note in (f"Entity={entity}" if entity else "", close) if note) or "_"
            lines.append("\t".join([f"{index}", word, "_", "_", tag, "_", head, relation, "_", notes]))
        lines.append("")
    return "\n".join(lines)


TEXT = gum_text(conllu(OSLO))


def words_of(names: tuple[GoldName, ...]) -> list[tuple[str, str]]:
    return [(TEXT.article.text[name.start : name.end], name.label) for name in names]


def test_text_of_gum_has_its_paragraphs_and_blanks() -> None:
    assert TEXT.article.text == (
        "Oslo University hires ministers\n\nOn Monday , Mr Lind met Bergen student Ada Berg in Bern, Switzerland.\n\n"
        "She teaches the Danes ."
    )
    assert TEXT.article.published == "2018-07-18"
    assert [TEXT.article.text[token.start : token.end] for token in TEXT.tokens] == [t.form for t in TEXT.tokens]
    assert len(gold_sentences(TEXT)) == 3


def test_word_of_two_tokens_is_written_as_one() -> None:
    rows = ["1\tThey\t_\t_\tPRP\t_\t2\tnsubj\t_\t_", "2-3\tdon't\t" + "\t".join("_" * 7) + "\tSpaceAfter=No"]
    rows += ["2\tdo\t_\t_\tVBP\t_\t0\troot\t_\t_", "3\tn't\t_\t_\tRB\t_\t2\tadvmod\t_\t_"]
    rows += ["3.1\tgo\t_\t_\tVB\t_\t_\t_\t_\t_", "4\t.\t_\t_\t.\t_\t2\tpunct\t_\t_"]
    assert gum_text("\n".join(["# newpar", "# sent_id = x-1", *rows])).article.text == "They don't."


def test_gold_names_are_freed_of_titles_and_tails() -> None:
    assert words_of(gum_names(TEXT, joined=False)) == [
        ("Oslo", "LOC"),
        ("Oslo University", "ORG"),
        ("Lind", "PER"),
        ("Bergen", "LOC"),
        ("Bern", "LOC"),
        ("Switzerland", "LOC"),
    ]


def test_joined_names_are_gold_if_asked_for() -> None:
    extra = set(gum_names(TEXT, joined=True)) - set(gum_names(TEXT, joined=False))
    assert words_of(tuple(extra)) == [("Ada Berg", "PER")]


def test_crossner_words_become_text_and_names() -> None:
    text = crossner_text([("The", "O"), ("Red", "B-politicalparty"), ("Party", "I-politicalparty"), ("won", "O")])
    assert text.article.text == "The Red Party won"
    assert text.names == (GoldName(4, 13, "politicalparty"),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the Red Party", "Red Party"),
        ("President Ada Lind's", "Ada Lind"),
        ("Oslo’s", "Oslo"),
        ("@adalind", "adalind"),
        ("U.S.", "U.S."),
        ("“Oslo”", "Oslo"),
        ("the", "the"),
    ],
)
def test_bare_name_has_no_title_determiner_genitive_or_sign(text: str, kept: str) -> None:
    name = bare(text, GoldName(0, len(text), "ORG"))
    assert text[name.start : name.end] == kept


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"),
    [
        ((0, 4, "ORG"), (0, 4, "ORG"), "right"),
        ((0, 4, "ORG"), (0, 4, "STATE"), "right"),
        ((0, 4, "PER"), (0, 4, "STATE"), "PER as LOC"),
        ((0, 9, "ORG"), (5, 9, "ORG"), "boundary of ORG"),
        ((0, 9, "ORG"), (5, 9, "PER"), "boundary of ORG as PER"),
    ],
)
def test_pair_is_judged_by_span_and_label(
    gold: tuple[int, int, str], predicted: tuple[int, int, str], kind: str
) -> None:
    assert [pair.kind for pair in compared([GoldName(*gold)], [GoldName(*predicted)], "gum")] == [kind]


def test_state_is_no_organisation_in_crossner() -> None:
    (pair,) = compared([GoldName(0, 4, "ORG")], [GoldName(0, 4, "STATE")], "crossner")
    assert pair.kind == "ORG as LOC"


def test_names_without_a_counterpart_count_on_their_side() -> None:
    pairs = compared(
        [GoldName(0, 4, "PER"), GoldName(5, 9, "LOC")], [GoldName(0, 4, "PER"), GoldName(11, 14, "ORG")], "gum"
    )
    assert sorted(pair.kind for pair in pairs) == ["missed LOC", "right", "spurious ORG"]
    assert tallies(pairs, of=("PER", "ORG", "LOC")) == {
        "PER": Tally(1, 1, 1),
        "ORG": Tally(0, 1, 0),
        "LOC": Tally(0, 0, 1),
    }


def test_of_overlapping_names_the_longest_stays() -> None:
    whole, part, other = GoldName(0, 9, "ORG"), GoldName(5, 9, "LOC"), GoldName(10, 12, "PER")
    assert longest([part, other, whole]) == (whole, other)


def test_wrong_boundary_is_one_mistake_among_beginnings() -> None:
    gold, predicted = {(0, 5), (6, 9)}, {(0, 3), (4, 5), (6, 9)}
    assert same_starts(gold, predicted) == Tally(2, 3, 2)
    assert same_sentences(gold, predicted) == Tally(1, 3, 2)


GOLD = (set("12345"), set("67"), set("89ABC"))
"""The example of Luo (2005), figure 1."""


@pytest.mark.parametrize(
    ("metric", "predicted", "precision", "recall"),
    [
        (muc, GOLD, 1, 1),
        (b_cubed, GOLD, 1, 1),
        (ceaf_e, GOLD, 1, 1),
        (muc, (set("12345"), set("6789ABC")), 9 / 10, 1),
        (b_cubed, (set("12345"), set("6789ABC")), (5 + 4 / 7 + 25 / 7) / 12, 1),
        (ceaf_e, (set("12345"), set("6789ABC")), (1 + 10 / 12) / 2, (1 + 10 / 12) / 3),
        (muc, (set("1234589ABC"), set("67")), 9 / 10, 1),
        (b_cubed, (set("1234589ABC"), set("67")), (25 / 10 + 25 / 10 + 2) / 12, 1),
        (ceaf_e, (set("1234589ABC"), set("67")), (10 / 15 + 1) / 2, (10 / 15 + 1) / 3),
        (muc, (set("12X"),), 1 / 2, 1 / 9),
        (b_cubed, (set("12X"),), (4 / 3) / 3, (4 / 5) / 12),
        (ceaf_e, (set("12X"),), 4 / 8, 4 / 8 / 3),
        (mentions, (set("12X"),), 2 / 3, 2 / 12),
        (muc, (), 0, 0),
        (ceaf_e, (), 0, 0),
    ],
)
def test_metric_is_that_of_the_hand(
    metric: Callable[[Chains, Chains], Score], predicted: Chains, precision: float, recall: float
) -> None:
    score = metric(GOLD, predicted)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_conll_score_is_the_mean_of_sums_over_documents() -> None:
    total = coreference(GOLD, GOLD) + coreference((set("12"),), ())
    assert total.muc.recall == pytest.approx(9 / 10)
    assert total.b_cubed.recall == pytest.approx(12 / 14)
    assert total.ceaf_e.recall == pytest.approx(3 / 4)
    assert total.conll == pytest.approx((18 / 19 + 24 / 26 + 6 / 7) / 3)


@pytest.mark.parametrize(
    "weights",
    [
        [[3, 1], [3, 2]],
        [[1, 2, 3], [2, 4, 6], [3, 6, 9]],
        [[0, 5, 1], [4, 5, 0]],
        [[2, 0], [0.5, 0.25], [2, 1]],
        [[0, 0], [0, 0]],
        [],
    ],
)
def test_best_pairing_is_the_best_of_all(weights: list[list[float]]) -> None:
    rows, columns = len(weights), len(weights[0]) if weights else 0
    padded = [[*row, *[0.0] * rows] for row in weights]
    every = permutations(range(columns + rows), rows)
    assert best_pairing(weights) == max(sum(padded[i][j] for i, j in enumerate(order)) for order in every)


def test_gold_chains_are_those_for_persons_bodies_and_places() -> None:
    two_events = (
        "Talks NNS 2 nsubj (1-event-new)\nended VBD 0 root _\n\nThey PRP 2 nsubj (1-event-giv)\nfailed VBD 0 root _"
    )
    assert chains.gold_chains(gum_text(conllu(two_events))) == ()
    (chain,) = chains.gold_chains(TEXT)
    assert chain == {mention for mention in TEXT.mentions if mention.chain == "4"}


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("Lind", "Mr Lind"),
        ("Ada Berg", "Bergen student Ada Berg"),
        ("student", "Bergen student Ada Berg"),
        ("met", None),
    ],
)
def test_mention_is_the_phrase_whose_head_it_holds(words: str, phrase: str | None) -> None:
    start = TEXT.article.text.index(words)
    span = start, start + len(words)
    found = chains.aligned(TEXT, [span]).get(span)
    assert phrase == (found and TEXT.article.text[TEXT.tokens[found.start].start : TEXT.tokens[found.end - 1].end])


@dataclass(frozen=True, slots=True)
class Case:
    """Days that kg gives, those that are gold, and whether that is right for a text of 18 July 2018."""

    given: tuple[str, str]
    gold: str
    right: bool


@pytest.mark.parametrize(
    "case",
    [
        Case(("2018-07-16", "2018-07-16"), "2018-07-16", True),
        Case(("2018-07-09", "2018-07-16"), "2018-07-16", False),
        Case(("2018-01-01", "2018-07-18"), "2018", True),
        Case(("2018-07-18", "2018-12-31"), "2018", True),
        Case(("2017-01-01", "2017-07-18"), "2017", False),
        Case(("2018-07-01", "2018-07-31"), "2018-07", True),
    ],
)
def test_range_is_right_if_equal_or_cut_at_publication(case: Case) -> None:
    given = date.fromisoformat(case.given[0]), date.fromisoformat(case.given[1])
    assert is_right(given, days_of(case.gold), date(2018, 7, 18)) is case.right


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2014", (2014, 1, 1), (2014, 12, 31)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2016-12", (2016, 12, 1), (2016, 12, 31)),
        ("2016-12-05", (2016, 12, 5), (2016, 12, 5)),
    ],
)
def test_days_of_year_month_and_day(value: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert days_of(value) == (date(*first), date(*last))


def test_half_depends_on_the_id_alone() -> None:
    halves = [half_of(f"text {number}") for number in range(200)]
    assert halves == [half_of(f"text {number}") for number in range(200)]
    assert 80 < halves.count("develop") < 120


def test_absent_corpus_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_SHARED", str(tmp_path))
    with pytest.raises(CorpusError, match=r"no data/gum/dep .* set KG_SHARED"):
        gum_news()


def test_parts_without_their_corpus_are_skipped_with_the_reason(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.reading", "--part", "names_gum", "--part", "names_crossner"]
    environment = {**os.environ, "KG_SHARED": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, text=True)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["skipped names_gum", "skipped names_crossner"]


def test_kg_finds_more_than_the_bare_model() -> None:
    results, skipped = results_of(
        ["names_gum", "sentences_gum", "coreference_gum", "dates_gum"], {"check": HALVES["check"]}
    )
    if skipped:
        pytest.skip(f"nothing to measure on: {skipped}")
    names = results["names_gum"]["check"]
    assert (names.figures["kg"]["core"]["f1"] or 0) > (names.figures["base"]["core"]["f1"] or 0)
    assert sum(counted(names).values()) == len(names.mistakes)
    assert (results["coreference_gum"]["check"].figures["kg"]["conll"]["f1"] or 0) > 0
