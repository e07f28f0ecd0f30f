"""Language: English passes, other languages and scripts are refused by name."""

import pytest

from kg.errors import LanguageError
from kg.model import Article
from kg.reading.language import is_english, require_english

ENGLISH = "The minister met the envoy on Monday, and they agreed that talks would go on in the spring."


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Envoy leaves",
        "Kanzler trifft Präsident",
        "",
        "2019 – 04 !",
        "Merkel, Macron, Die Linke, El País, La Repubblica and Le Monde were quoted by the ministry.",
        "Ada Lind met Per Berg in Oslo. Eva Moe met Jan de Vries in Den Haag. Die Welt was in Berlin.",
        "Lind weighs cutting aid to fishing co-ops",
        "Envoy leaves Geneva as talks stall; ministers blame each other, markets fall",
        f"{ENGLISH} “Мы готовы к переговорам”, the ambassador told them in Russian. {ENGLISH}",
    ],
)
def test_english_passes(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "German",
            "Die Ministerin traf am Montag den Gesandten, und sie einigten sich auf weitere Gespräche.",
        ),
        ("French", "La ministre a rencontré lundi l’envoyé et ils ont décidé de poursuivre les discussions."),
        (
            "Spanish",
            "La ministra se reunió el lunes con el enviado y acordaron que las negociaciones siguen.",
        ),
        (
            "Italian",
            "La ministra ha incontrato lunedì l’inviato e hanno deciso che i colloqui non sono finiti.",
        ),
        (
            "Portuguese",
            "A ministra encontrou-se com o enviado na segunda-feira e os dois não chegaram a um acordo.",
        ),
        (
            "Dutch",
            "De minister sprak maandag met de gezant en ze werden het eens over het vervolg.",
        ),
        (
            "Polish",
            "W poniedziałek minister spotkała się z wysłannikiem i ustalono, że rozmowy będą trwać.",
        ),
        (
            "Swedish",
            "Ministern träffade sändebudet på måndagen och de enades om att samtalen ska fortsätta i vår.",
        ),
        ("Cyrillic script", "Министр встретилась с посланником в понедельник."),
        ("Arabic script", "التقت الوزيرة بالمبعوث يوم الاثنين"),
        ("CJK script", "部长星期一会见了特使"),
        (
            "a language other than English",
            "Ministeri tapasi lähettilään maanantaina, ja he sopivat neuvottelujen jatkamisesta keväällä. "
            "Tapaaminen kesti kaksi tuntia, kertoi ministeriö. Seuraava kokous pidetään toukokuussa "
            "Genevessä, mikäli molemmat osapuolet suostuvat.",
        ),
    ],
)
def test_other_language_is_refused_by_name(language: str, text: str) -> None:
    assert not is_english(text)
    with pytest.raises(LanguageError, match=f"^it is in {language}; kg reads English only"):
        require_english(Article(id="a", text=text))


@pytest.mark.parametrize("language", [None, "", "en", "en-GB", "EN_us", "eng", "English", "und"])
def test_article_said_to_be_english_passes(language: str | None) -> None:
    require_english(Article(id="a", text=ENGLISH, language=language))


@pytest.mark.parametrize(
    ("stated", "named"), [("de", "German"), ("fr-CA", "French"), ("Spanish", "Spanish"), ("fi", "'fi'")]
)
def test_article_said_to_be_in_another_language_is_refused(stated: str, named: str) -> None:
    with pytest.raises(LanguageError, match=f"^it is in {named};"):
        require_english(Article(id="a", text=ENGLISH, language=stated))
