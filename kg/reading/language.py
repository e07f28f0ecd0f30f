"""Whether a text is English: by its script, and by how many of its words are English function words."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import LanguageError
from kg.model import Article

_FEWEST_WORDS = 8  # fewer have no shares to speak of, and are taken for English
_ENOUGH_WORDS = 20  # from here on English shows its function words
_LEAST_SHARE = 0.08  # headlines without verbs have a tenth, running English a third to a half
_CLEAR_SHARE = 0.2  # what lies below may be a neighbour that the table does not know
_TELLING_WORDS = 2  # different words that English lacks, without which a text is in no other language
_SAMPLE = 3_000
_LETTERS = 300
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Language:
    codes: frozenset[str]
    name: str
    words: frozenset[str]


def is_english(text: str) -> bool:
    """Return whether a text is English; a few words are taken to be, if their letters are Latin."""
    return _other(text) is None


def require_english(article: Article) -> None:
    """Pass an English article.

    Raises LanguageError naming the likely language where its `language` or its text says so.
    """
    language = _stated(article.language) or _other(article.text)
    if language:
        raise LanguageError(f"it is in {language}; kg reads English only, so give it a translation")


def _stated(language: str | None) -> str | None:
    """Return the language that an article says it is in, None for English or where it says none."""
    code = re.split(r"[-_]", (language or "").strip().lower())[0]
    if code in ("", "und", "mul", "zxx", "x") or code in _languages()[0].codes:
        return None
    return next((known.name for known in _languages() if code in known.codes), f"{language!r}")


def _other(text: str) -> str | None:
    """Return the likely language of a text, None where it is English."""
    sample = _sample(text)
    if script := _script(sample):
        return f"{script} script"
    words = _told_words(sample)
    if len(words) < _FEWEST_WORDS:
        return None
    counted = Counter(words)
    english = _languages()[0]
    shares = {
        known.name: sum(counted[word] for word in known.words & counted.keys()) / len(words)
        for known in _languages()
        if known is english or len((known.words - english.words) & counted.keys()) >= _TELLING_WORDS
    }
    return _verdict(shares, len(words))


def _told_words(sample: str) -> list[str]:
    """Return the words in lower case, of a text all in capitals its words: names belong to no language."""
    return _WORD.findall(sample.lower()) if sample.isupper() else [*filter(str.islower, _WORD.findall(sample))]


def _verdict(shares: dict[str, float], words: int) -> str | None:
    """Return the language with the most function words, None where that is English or too few tell."""
    best = max(shares, key=lambda name: shares[name])
    if shares[best] > max(shares["English"], _LEAST_SHARE):
        return best if shares[best] >= _CLEAR_SHARE else "a language other than English"
    if words >= _ENOUGH_WORDS and shares["English"] < _LEAST_SHARE:
        return "a language other than English"
    return None


def _sample(text: str) -> str:
    """Return the whole of a short text, of a long one its beginning and its middle."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}"


def _script(text: str) -> str | None:
    """Return the script of most letters, as Unicode names it, None where that is Latin or there are none."""
    if text.isascii():
        return None
    sample = [letter for letter in text[:: len(text) // _LETTERS + 1] if letter.isalpha()]
    scripts = Counter(unicodedata.name(letter, "unknown").split()[0] for letter in sample)
    if scripts["LATIN"] * 2 >= len(sample):
        return None
    script = scripts.most_common(1)[0][0]
    return script if script == "CJK" else script.capitalize()


@cache
def _languages() -> tuple[_Language, ...]:
    """Return the languages of the table, English first."""
    content = (files("kg.knowledge") / "function_words.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in content.splitlines() if line and not line.startswith("#")]
    return tuple(_Language(frozenset(codes.split()), name, frozenset(words.split())) for codes, name, words in rows)
