"""Whether an event happened: from negation, auxiliaries, and the words that govern its trigger."""

from typing import TYPE_CHECKING, cast

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
_LEGS = 4
_HEAD = 3  # tokens at the head of a clause
DOUBTED = 0.2  # what is a fact less likely than this is none


def modality(hit: Hit, reading: Reading) -> Modality:
    """Return the modality of the event of a trigger: by the rules, unless the model doubts that it is a fact."""
    if hit.sense.group.modality:
        return hit.sense.group.modality
    ruled = by_rules(hit, reading)
    if ruled not in FACTS:
        return ruled
    likely = chances(hit.token, reading)
    is_fact = sum(likely[each] for each in FACTS) >= DOUBTED
    return ruled if is_fact else max((each for each in likely if each not in FACTS), key=likely.__getitem__)


def by_rules(hit: Hit, reading: Reading) -> Modality:
    """Return what negation, auxiliaries and governing words make of the event of a trigger."""
    own = _own(hit, reading)
    return own or _governed(hit, reading) or ("ongoing" if _is_ongoing(hit.token) else "actual")


def _own(hit: Hit, reading: Reading) -> Modality | None:
    for token in hit.tokens:
        found = _of_verb(token) if is_verb(token) else _of_noun(token)
        if found:
            return found
    if hit.sense.part == "adjective" and is_verb(hit.token.head):
        return _of_verb(hit.token.head)
    return _of_occurrence(hit.token, reading)


def _of_occurrence(noun: "Token", reading: Reading) -> Modality | None:
    """Return what the verb says whose subject a noun is, if it tells that something takes place: 'is to be held'."""
    verb = noun.head
    if not is_noun(noun) or noun.dep_ != "nsubj":
        return None
    occurs = word_lists("words")["occurrence", "verbs"]
    if any(reading.lemma(each) in occurs for each in children(verb, "xcomp")):
        name = word_lists("modality").owner("verbs", reading.lemma(verb))  # 'failed to take place'
        return cast(Modality, name) if name else None
    if reading.lemma(verb) not in occurs:
        return None
    return _of_verb(verb) or ("planned" if is_to_be(verb) else None)


def _of_verb(verb: "Token") -> Modality | None:
    """Return what a verb's own negation, auxiliaries and condition say; a coordinated verb shares the first one's."""
    words = word_lists("modality")
    lefts = {child.lower_ for child in verb.children if child.dep_ in ("neg", "aux", "advmod", "mark", "preconj")}
    subjects = children(verb, "nsubj", "nsubjpass", "dobj")
    negated = (
        bool(lefts & words["negation", "words"])
        or any(thing.lower_ in words["negation", "pronouns"] for thing in subjects)
        or any(child.lower_ in words["negation", "determiners"] for thing in subjects for child in thing.children)
        or (verb.dep_ == "pcomp" and verb.head.lower_ in words["negation", "prepositions"])
        or _is_ruled_out(verb)
    )
    auxiliary = next(
        (name for child in verb.children if child.dep_ == "aux" and (name := words.owner("auxiliaries", child.lower_))),
        None,
    )
    if negated:
        return "negated"
    if verb.dep_ == "ccomp" and lefts & words["conditional", "doubts"]:
        return "possible"
    if verb.dep_ == "advcl" and lefts & words["conditional", "markers"]:
        return "conditional"
    if verb.tag_ in ("VB", "VBP", "VBZ") and any(map(_is_condition, children(verb, "advcl", "prep"))):
        return "conditional"
    if auxiliary == "conditional" and _had_been_said(verb):
        return "planned"
    if auxiliary:
        return cast(Modality, auxiliary)
    adverb = next((name for word in lefts if (name := words.owner("adverbs", word))), None)
    if adverb:
        return cast(Modality, adverb)
    if verb.dep_ == "conj" and is_verb(verb.head) and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return _of_verb(verb.head)
    return None


def _is_ruled_out(verb: "Token") -> bool:
    """Whether words before a verb or at the head of its clause deny it: 'instead of leaving', 'not once did he leave'."""
    negation = word_lists("modality")
    if verb.doc[max(verb.i - 2, 0) : verb.i].text.lower() in negation["negation", "phrases"]:
        return True
    auxiliaries, doers = children(verb, "aux"), children(verb, "nsubj")
    is_inverted = bool(auxiliaries and doers) and auxiliaries[0].i < doers[0].i
    start = verb.left_edge.i
    return is_inverted and any(
        token.lower_ in negation["negation", "words"]
        for token in verb.doc[start : min(start + _HEAD, auxiliaries[0].i)]
    )


def _is_condition(clause: "Token") -> bool:
    """Whether a clause says under which condition its main clause holds: 'if they land', 'in case they land'."""
    words = word_lists("modality")
    markers = words["conditional", "conditions"]
    in_case = any(child.lower_ in words["conditional", "nouns"] for child in children(clause, "pobj"))
    return clause.lower_ in markers or in_case or any(child.lower_ in markers for child in children(clause, "mark"))


def _had_been_said(verb: "Token") -> bool:
    """'said it would attack': the future seen from the past."""
    is_told = verb.dep_ in ("acl", "ccomp") and word_lists("speech").owner("nouns", verb.head.lower_) is not None
    return is_told or (verb.dep_ in ("ccomp", "relcl", "conj") and verb.head.tag_ in ("VBD", "VBN"))


def _of_noun(noun: "Token") -> Modality | None:
    words = word_lists("modality")
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in words["negation", "determiners"]:
            return "negated"
        if child.dep_ in ("amod", "compound") and (name := words.owner("adjectives", child.lower_)):
            return cast(Modality, name)
    return None


def _governed(hit: Hit, reading: Reading) -> Modality | None:
    """Return what the words above a trigger make of it, the nearest first, up to a verb of saying."""
    words = word_lists("modality")
    own = {each.i for each in hit.tokens}
    for legs, (token, above) in enumerate(walk_up(hit.token)):
        if legs > _LEGS or token.dep_ not in _EMBEDDED:
            return None
        if above.i in own:
            continue
        if _is_adjunct(token) or _is_done(token):
            return None
        if is_verb(above):
            found = _of_governor(token, above, reading)
            if found:
                return found
            if _speaks(above, reading) or (token.dep_ not in ("xcomp", "dobj", "conj") and not is_noun(token)):
                return None
        elif is_noun(above):
            name = words.owner("nouns", reading.lemma(above))
            is_content = token.dep_ in ("acl", "pobj", "pcomp", "ccomp")
            if name and (is_content or (token.dep_ == "relcl" and above.lower_ in words["rumours", "nouns"])):
                return cast(Modality, name)
            if token.dep_ not in ("pobj", "compound") and token.tag_ != "VB":
                return None
        elif found := _of_adjective(above):
            return found
    return None


def _of_adjective(above: "Token") -> Modality | None:
    """Return what an adjective or an adverb above a trigger makes of it: 'able to', 'stopped short of'."""
    words = word_lists("modality")
    if above.lower_ in words["negation", "adverbs"]:
        return "negated"
    name = words.owner("adjectives", above.lower_)
    return cast(Modality, name) if name else None


def _is_adjunct(token: "Token") -> bool:
    """Whether a phrase sets its verb in time or place, so that the verb's modality is none of its own."""
    return token.dep_ == "pobj" and token.head.lower_ in word_lists("words")["adjuncts", "prepositions"]


def _of_governor(token: "Token", verb: "Token", reading: Reading) -> Modality | None:
    words = word_lists("modality")
    if token.dep_ == "xcomp" and (is_to_be(verb) or verb.lower_ == "going"):
        return "planned"
    if token.dep_ in ("advcl", "xcomp") and is_infinitive(token):  # 'pressure is mounting to'
        nouns = (words.owner("nouns", reading.lemma(each)) for each in children(verb, "nsubj"))
        if name := next(filter(None, nouns), None):
            return cast(Modality, name)
    if token.dep_ in ("ccomp", "csubj"):  # 'it is untrue that'
        judged = (words.owner("adjectives", each.lower_) for each in children(verb, "acomp", "oprd"))
        if name := next(filter(None, judged), None):
            return cast(Modality, name)
    named = token.dep_ == "dobj" and bool(children(verb, "oprd"))  # 'called the talks a success' asks for nothing
    name = None if named else words.owner("verbs", reading.lemma(verb))
    if name == "denied" and token.dep_ not in ("nsubj", "nsubjpass"):
        return "denied"
    if (
        name
        and (token.dep_ in ("xcomp", "ccomp", "pobj", "pcomp", "dobj", "oprd") or _is_asked_for(token, name))
        and not _is_object_of_statement(token, name)
    ):
        return "negated" if _of_verb(verb) == "negated" and name in ("planned", "possible") else cast(Modality, name)
    if token.dep_ in ("xcomp", "dobj", "nsubjpass", "conj") or is_noun(token):
        found = _of_verb(verb)
        return None if found == "negated" and _is_presupposed(token) else found
    return None


def _is_presupposed(noun: "Token") -> bool:
    """Whether a noun tells of what there was anyhow: 'did not answer the proposal that he made'."""
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


def _is_ongoing(token: "Token") -> bool:
    """Whether something is going on at the time of speaking: 'is attacking', 'is being attacked', 'is critical of'."""
    auxiliaries = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
    now = word_lists("modality")["ongoing", "now"]
    if token.tag_ == "VBG":
        return not now.isdisjoint(auxiliaries)
    if token.tag_[:2] == "VB":
        return "being" in auxiliaries
    is_predicate = token.dep_ in ("acomp", "attr") or (token.dep_ == "pobj" and token.head.dep_ == "prep")
    copula = token.head if token.dep_ != "pobj" else token.head.head
    return is_predicate and copula.lower_ in now and copula.tag_ in ("VBZ", "VBP")
