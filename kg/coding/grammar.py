"""Grammatical functions over a dependency parse, the same for active and passive, verbs and nouns.

Labels are those of the CLEAR style that spaCy's English models are trained on.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.knowledge.words import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_OF_OBJECT = ("of", "from", "into", "for", "against")
"""Prepositions before whose gerund the object is the doer: 'accused her of lying', 'kept him from voting'."""

_SUMMONING = ("summon", "summons", "summoned", "summoning")
_JOINING = ("join", "joins", "joined", "joining")

CLAUSES = ("ccomp", "xcomp")


def is_verb(token: "Token") -> bool:
    """Tell whether a token is tagged as a verb or a modal."""
    return token.tag_[:2] in ("VB", "MD")


def is_noun(token: "Token") -> bool:
    """Tell whether a token is tagged as a noun."""
    return token.tag_[:2] == "NN"


def children(token: "Token", *labels: str) -> list["Token"]:
    """Return the children of a token that bear one of the labels, in order."""
    return [child for child in token.children if child.dep_ in labels]


def with_conjuncts(token: "Token") -> list["Token"]:
    """Return a token and those coordinated with it to the right."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def is_passive(verb: "Token") -> bool:
    """Tell whether a verb is passive: with its auxiliary, as a reduced relative, or coordinated with such a one."""
    if children(verb, "auxpass", *PASSIVE_SUBJECTS):
        return True
    if verb.tag_ != "VBN" or children(verb, *SUBJECTS, "aux"):
        return False
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "amod") and not children(verb, "dobj")


def subjects(verb: "Token") -> list["Token"]:
    """Return who does what a verb says: its subject, by-agent, or the one it shares with the verb that governs it."""
    if is_passive(verb):
        agents = children(verb, "agent") or _late_agent(verb)
        return [thing for agent in agents for thing in children(agent, "pobj")]
    own = children(verb, *SUBJECTS)
    return [_antecedent(token, verb) for token in own] or [*_inherited(verb), *_joined(verb)]


def _late_agent(verb: "Token") -> list["Token"]:
    """Return the by-phrase that closes the clause of a passive verb, wherever the parser hangs it."""
    last = [token for token in verb.subtree if token.lower_ == "by" and token.dep_ == "prep" and token.i > verb.i][-1:]
    closes = [token for token in last if not any(is_verb(each) for each in verb.doc[token.i : verb.right_edge.i + 1])]
    return [token for token in closes if not any(above.tag_ == "VBN" for above in _up_to(token, verb))]


def _up_to(token: "Token", above: "Token") -> Iterator["Token"]:
    """Yield what stands between a token and one that governs it."""
    while token.head.i not in (above.i, token.i):
        token = token.head
        yield token


def objects(verb: "Token") -> list["Token"]:
    """Return to whom or what a verb does something: its direct object, or its subject in the passive."""
    if is_passive(verb):
        own = children(verb, *PASSIVE_SUBJECTS)
        return [_antecedent(token, verb) for token in own] or _inherited_object(verb)
    own = [_antecedent(token, verb) for token in children(verb, "dobj")]
    own = own or [thing for clause in small_clauses(verb) for thing in children(clause, "nsubj")]
    is_contact = verb.dep_ == "acl" and verb.tag_ == "VBD" and not children(verb, "mark")  # 'the offer they made'
    if not own and (verb.dep_ == "relcl" or is_contact) and children(verb, *SUBJECTS):
        subject_is_relative = any(child.tag_ in ("WDT", "WP") for child in children(verb, *SUBJECTS))
        return [] if subject_is_relative else [verb.head]
    return own


def small_clauses(verb: "Token") -> list["Token"]:
    """Return what a verb says of its object: 'declared them unwelcome', 'sent three of them packing'."""
    return [
        child for child in children(verb, "ccomp") if child.tag_ in ("JJ", "VBG") and not children(child, "mark", "aux")
    ]


def prepositional(token: "Token", preposition: str) -> list["Token"]:
    """Return the objects of a preposition attached to a token, nouns and gerunds alike."""
    found = []
    for child in token.children:
        is_asked = child.lower_ == preposition and not _is_company(child)
        if is_asked and child.dep_ in ("prep", "agent", "dative"):
            found += [_before_relative(child, thing) for thing in children(child, "pobj", "pcomp")]
    return found + prepositional(token, "to") if preposition == "from" and _is_range(token) else found


def _is_range(token: "Token") -> bool:
    """Whether 'from' and 'to' below a token name the first and the last of several: 'ranging from Chad to Niger'."""
    return any(each.lower_ == "ranging" for each in (token, *token.children))


def company(token: "Token") -> list["Token"]:
    """Return who is named beside a token: 'along with Chad', 'together with Chad', 'alongside Chad'."""
    beside = [child for child in children(token, "prep") if child.lower_ == "alongside" or _is_company(child)]
    beside += [with_ for child in token.children if child.lower_ == "along" for with_ in children(child, "prep")]
    return [thing for child in beside for thing in children(child, "pobj")]


def first_named(token: "Token") -> "Token":
    """Return the first of those that a token is named with, 'together with' and 'ranging from' taken for 'and'."""
    while token.dep_ == "conj":
        token = token.head
    above = token.head.head
    if token.dep_ == "pobj" and _is_company(token.head):
        return next(iter(children(above, *SUBJECTS)), token)
    if token.dep_ == "pobj" and token.head.lower_ == "to" and _is_range(above):
        return next(iter(prepositional(above, "from")), token)
    return token


def _is_company(preposition: "Token") -> bool:
    """Whether 'with' only adds to who is named before it: 'together with'."""
    return any(child.lower_ == "together" for child in preposition.children)


def _before_relative(preposition: "Token", thing: "Token") -> "Token":
    """Return what a relative pronoun after a preposition stands for, any other token itself: 'Oslo, to which'."""
    if thing.lower_ not in ("which", "whom") or thing.i != preposition.i + 1:
        return thing
    before = (token for token in reversed(thing.doc[preposition.sent.start : preposition.i]) if not token.is_punct)
    nearest = next(before, thing)
    return nearest if is_noun(nearest) else thing


def governor(token: "Token") -> "Token | None":
    """Return what a token depends on, prepositions and coordination passed over; None at the root."""
    while token.dep_ == "conj":
        token = token.head
    head = token.head
    while (
        head.dep_ in ("prep", "agent", "dative", "pcomp")
        and head.tag_ in ("IN", "TO", "RB", "VBG")
        and head.i != head.head.i
    ):
        head = head.head
    return head if head.i != token.i else None


def support_verb(noun: "Token") -> "Token | None":
    """Return the verb that a noun is the object or passive subject of, 'two days of talks', '$2 million in aid' too."""
    while noun.dep_ == "conj":
        noun = noun.head
    measure = noun.head.head if noun.dep_ == "pobj" else noun
    if (noun.head.lower_ == "of" and is_noun(measure)) or (noun.head.lower_ == "in" and measure.ent_type_ == "MONEY"):
        noun = measure
    if noun.dep_ in ("dobj", "nsubjpass") and is_verb(noun.head):
        return noun.head
    return None


def subtree_span(token: "Token", *, without: tuple[str, ...] = ()) -> tuple[int, int]:
    """Return the characters of a phrase, up to the first part of it that bears one of the labels."""
    end = token.right_edge.i + 1
    for child in token.rights:
        if child.dep_ in without and child.i > token.i:
            end = min(end, child.left_edge.i)
    start = min([token.i, *(child.left_edge.i for child in token.lefts if child.dep_ not in without)])
    doc = token.doc
    while end - 1 > token.i and (
        doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ in ("cc", "punct")
    ):
        if doc[end - 1].text in ("”", '"', "’", ")", "%"):
            break
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _antecedent(token: "Token", verb: "Token") -> "Token":
    """Return what a relative pronoun stands for, any other token itself."""
    if verb.dep_ == "relcl" and token.lower_ in word_lists("words")["pronouns", "relative"]:
        return verb.head
    return token


def _inherited(verb: "Token") -> list["Token"]:
    """Return the doer that a verb without a subject of its own shares with what governs it."""
    head = verb.head
    if head.i == verb.i:
        return []
    match verb.dep_:
        case "acl" if is_noun(head):
            return [head] if verb.tag_ == "VBG" else _of_noun(head)
        case "relcl":
            return [head]
        case "pcomp" | "pobj" if not is_verb(head.head):
            return _of_noun(head.head)
        case "pcomp" | "pobj":
            return _controller(head.head) if head.lower_ in _OF_OBJECT else _subjects_of_any(head.head)
        case "xcomp" if is_verb(head):
            return _controller(head)
        case "conj" | "advcl" | "prep" | "dep" if is_verb(head):
            return _subjects_of_any(head)
    return subjects(head.head) if head.dep_ == "acomp" and is_verb(head.head) else []


def _of_noun(noun: "Token") -> list["Token"]:
    """Return the doer of an infinitive after a noun: its possessor, or the subject of the verb that governs it."""
    owners = children(noun, "poss")
    verb = governor(noun)
    return owners or (subjects(verb) if verb is not None and is_verb(verb) else [])


def _joined(verb: "Token") -> list["Token"]:
    """Return whom the doer joins: Niger of 'Chad joined Niger in voting for it'."""
    above = verb.head.head
    is_in = verb.dep_ in ("pcomp", "pobj") and verb.head.lower_ == "in"
    return objects(above) if is_in and above.lower_ in _JOINING else []


def _controller(verb: "Token") -> list["Token"]:
    """Return who does the infinitive under a verb: its object where there is one, else its subject.

    Who is summoned is not who then protests; of two objects, as in 'fined them a million', it is the first.
    """
    first = [thing for thing in children(verb, "dative") if is_noun(thing) or thing.tag_ == "PRP"]
    own = [] if verb.lower_ in _SUMMONING else first or children(verb, "dobj")
    return own or _subjects_of_any(verb)


def _subjects_of_any(verb: "Token") -> list["Token"]:
    if is_passive(verb):
        return children(verb, *PASSIVE_SUBJECTS) or _inherited_object(verb)
    return subjects(verb)


def _inherited_object(verb: "Token") -> list["Token"]:
    head = verb.head
    if verb.dep_ in ("acl", "relcl", "amod") and is_noun(head):
        return [head]
    if verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(head):
        return _subjects_of_any(head)
    return []


def walk_up(token: "Token", limit: int = 8) -> Iterator[tuple["Token", "Token"]]:
    """Yield each token on the way to the root with its governor, at most `limit` steps."""
    for _ in range(limit):
        above = governor(token)
        if above is None:
            return
        yield token, above
        token = above
