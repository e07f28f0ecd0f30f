"""Whether an event happened: from its own clause, the words that govern its trigger, and a model that doubts facts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.coding.circumstances import carriers
from kg.coding.clauses import Cue, goes_on, named, of_noun, of_verb
from kg.coding.grammar import children, is_noun, is_verb, walk_up
from kg.coding.moods import chances
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import FACTS, Modality
from kg.reading.document import Reading
from kg.reading.tense import is_infinitive, is_to_be

if TYPE_CHECKING:
    from spacy.tokens import Token

_EMBEDDED = ("xcomp", "ccomp", "dobj", "pobj", "pcomp", "acl", "relcl", "nsubjpass", "conj", "advcl", "prep", "oprd")
_CONTENT = ("acl", "pobj", "pcomp", "ccomp")
_LEGS = 4
DOUBTED = 0.2  # what is a fact less likely than this is none


@dataclass(frozen=True, slots=True)
class Told:
    """The modality of an event, and why: a word that tells it, else what stands for one."""

    modality: Modality
    cue: "Token | None"
    why: str


def modality(hit: Hit, reading: Reading) -> Told:
    """Return the modality of the event of a trigger: by the rules, unless the model doubts that it is a fact."""
    if hit.sense.group.modality:
        return Told(hit.sense.group.modality, None, "the trigger says so")
    found = by_rules(hit, reading)
    if found is not None and found.modality not in FACTS:
        return Told(found.modality, found.token, "a word of the text")
    likely = chances(hit.token, reading)
    if sum(likely[each] for each in FACTS) < DOUBTED:
        doubted = max((each for each in likely if each not in FACTS), key=likely.__getitem__)
        return Told(doubted, None, "the model doubts that it is a fact")
    if found is not None:
        return Told(found.modality, found.token, "a word of the text")
    return Told("actual", None, "nothing says otherwise")


def by_rules(hit: Hit, reading: Reading) -> Cue | None:
    """Return what negation, auxiliaries and governing words make of the event of a trigger; None: it is actual."""
    return _own(hit, reading) or _governed(hit, reading) or goes_on(hit.token)


def _own(hit: Hit, reading: Reading) -> Cue | None:
    for token in hit.tokens:
        found = of_verb(token) if is_verb(token) else of_noun(token)
        if found:
            return found
    if hit.sense.part == "adjective" and is_verb(hit.token.head):
        return of_verb(hit.token.head)
    return _of_occurrence(hit.token, reading)


def _of_occurrence(noun: "Token", reading: Reading) -> Cue | None:
    """Return what the verb says whose subject a noun is, if it tells that something takes place: 'is to be held'."""
    verb = noun.head
    if not is_noun(noun) or noun.dep_ != "nsubj":
        return None
    occurs = word_lists("words")["occurrence", "verbs"]
    if any(reading.lemma(each) in occurs for each in children(verb, "xcomp")):
        return named(word_lists("modality").owner("verbs", reading.lemma(verb)), verb)  # 'failed to take place'
    if reading.lemma(verb) not in occurs:
        return None
    return of_verb(verb) or (Cue("planned", verb) if is_to_be(verb) else None)


def _governed(hit: Hit, reading: Reading) -> Cue | None:
    """Return what the words above a trigger make of it, the nearest first, up to a verb of saying."""
    own = {each.i for each in hit.tokens}
    goes: Cue | None = None
    for legs, (token, above) in enumerate(walk_up(hit.token)):
        if legs > _LEGS or token.dep_ not in _EMBEDDED or _is_adjunct(token) or _is_done(token):
            break
        if above.i in own:
            continue
        found = _of_word_above(token, above, reading)
        if found and found.modality == "denied" and token.i == hit.token.i and is_word(hit):
            return None
        if found and found.modality == "ongoing" and is_verb(above):
            goes = goes or found  # 'prepared to resume shelling' goes on farther up
        elif found:
            return found
        elif _ends_there(token, above, reading):
            break
    return goes


def is_word(hit: Hit) -> bool:
    """Tell whether a noun tells of words that were said although they are rejected: 'rejected the demand'."""
    return hit.sense.part == "noun" and hit.sense.entry.quad == "verbal-conflict"


def _of_word_above(token: "Token", above: "Token", reading: Reading) -> Cue | None:
    if is_verb(above):
        return _of_governor(token, above, reading)
    return _of_noun_above(token, above, reading) if is_noun(above) else _of_adjective(above)


def _ends_there(token: "Token", above: "Token", reading: Reading) -> bool:
    """Whether nothing farther up says anything of a token."""
    if is_verb(above):
        return _speaks(above, reading) or (token.dep_ not in ("xcomp", "dobj", "conj") and not is_noun(token))
    return is_noun(above) and token.dep_ not in ("pobj", "compound") and token.tag_ != "VB"


def _of_noun_above(token: "Token", noun: "Token", reading: Reading) -> Cue | None:
    """Return what a noun makes of what it governs: 'plans to leave', 'the rumour that he left', 'time to leave'."""
    words = word_lists("modality")
    if noun.lower_ in words["due", "nouns"] and is_infinitive(token):
        return Cue("requested", noun)
    is_told = token.dep_ in _CONTENT or (token.dep_ == "relcl" and noun.lower_ in words["rumours", "nouns"])
    return named(words.owner("nouns", reading.lemma(noun)), noun) if is_told else None


def _of_adjective(above: "Token") -> Cue | None:
    """Return what an adjective or an adverb above a trigger makes of it: 'able to', 'stopped short of'."""
    words = word_lists("modality")
    if above.lower_ in words["negation", "adverbs"]:
        return Cue("negated", above)
    return named(words.owner("adjectives", above.lower_), above)


def _of_governor(token: "Token", verb: "Token", reading: Reading) -> Cue | None:
    if token.dep_ == "xcomp" and (is_to_be(verb) or verb.lower_ == "going"):
        return Cue("planned", verb)
    if found := _beside(token, verb, reading):
        return found
    words = word_lists("modality")
    is_clause_before = token.tag_ in ("VBZ", "VBD") and token.i < verb.i  # 'visits Berlin, seeks more weapons'
    is_called = token.dep_ == "dobj" and bool(children(verb, "oprd"))  # 'called the talks a success' asks for nothing
    name = None if is_called or is_clause_before else words.owner("verbs", reading.lemma(verb))
    if name == "denied" and token.dep_ not in ("nsubj", "nsubjpass") and not _stands_beside(token):
        return Cue("denied", verb)
    is_object = token.dep_ in ("xcomp", "ccomp", "pobj", "pcomp", "dobj", "oprd")
    if name and (is_object or _is_asked_for(token, name)) and not _is_object_of_statement(token, name):
        own = of_verb(verb)
        return own if own and own.modality == "negated" and name in ("planned", "possible") else named(name, verb)
    if token.dep_ in ("xcomp", "dobj", "nsubjpass", "conj") or is_noun(token):
        found = of_verb(verb)
        return None if found and found.modality == "negated" and _is_presupposed(token, reading) else found
    return None


def _beside(token: "Token", verb: "Token", reading: Reading) -> Cue | None:
    """Return what stands beside a clause at its verb: 'pressure is mounting to', 'it is untrue that'."""
    words = word_lists("modality")
    if token.dep_ in ("advcl", "xcomp") and is_infinitive(token):
        nouns = (named(words.owner("nouns", reading.lemma(each)), each) for each in children(verb, "nsubj"))
        return next(filter(None, nouns), None)
    if token.dep_ in ("ccomp", "csubj"):
        judged = (named(words.owner("adjectives", each.lower_), each) for each in children(verb, "acomp", "oprd"))
        return next(filter(None, judged), None)
    return None


def _is_adjunct(token: "Token") -> bool:
    """Whether a phrase sets its verb in time or place, so that the verb's modality is none of its own."""
    return token.dep_ == "pobj" and token.head.lower_ in word_lists("words")["adjuncts", "prepositions"]


def _stands_beside(clause: "Token") -> bool:
    """Whether a clause only sets its verb in time or beside another: 'rejected it after they attacked', 'although'."""
    words = word_lists("words")
    conjunctions = (
        words["adjuncts", "conjunctions"] | words["adjuncts", "contrasts"] | word_lists("dates")["limits", "before"]
    )
    return clause.dep_ == "advcl" and any(child.lower_ in conjunctions for child in children(clause, "mark", "advmod"))


def _is_presupposed(noun: "Token", reading: Reading) -> bool:
    """Whether a noun tells of what there was anyhow: 'did not answer the proposal that he made'."""
    if noun.dep_ == "dobj" and any(clause.tag_ in ("VBD", "VBN") for clause in carriers(noun, reading)):
        return True
    return noun.dep_ == "pobj" and any(
        child.dep_ in ("relcl", "poss") or child.lower_ == "the" for child in noun.children
    )


def _is_done(noun: "Token") -> bool:
    """Whether a participle says that what a noun tells of was done: 'committed to the deal signed in May'."""
    return noun.dep_ == "pobj" and any(child.tag_ == "VBN" for child in children(noun, "acl"))


def _is_asked_for(token: "Token", name: str) -> bool:
    """'exhorted them to sign': an infinitive that the parser takes for a purpose."""
    return name == "requested" and token.dep_ == "advcl" and is_infinitive(token) and bool(children(token.head, "dobj"))


def _is_object_of_statement(token: "Token", name: str) -> bool:
    """'told reporters that X attacked' asks for nothing: a that-clause is what is said, unless it is a subjunctive."""
    if name != "requested" or token.dep_ != "ccomp":
        return False
    is_subjunctive = token.tag_ == "VBP" and any(each.tag_ in ("NN", "NNP") for each in children(token, "nsubj"))
    return token.tag_ in ("VBD", "VBZ", "VBP", "VBN") and not is_subjunctive


def _speaks(verb: "Token", reading: Reading) -> bool:
    return word_lists("speech").owner("verbs", reading.lemma(verb)) is not None
