"""Which sentences of an article can stand alone: whole, of a fair length, about something that they name themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.search.words import placed
from data.sentences import flat, spans
from data.tagging.boilerplate import without_boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = 12
"""Sentences of an article that are looked at."""
_READ = 8_000
_WORDS, _SIGNS = (8, 42), (12, 90)
"""Fewest and most words; of scripts without spaces, signs."""
_LONGEST = 330
"""Characters."""
_QUOTED = 0.5
"""Share of a sentence that may be somebody's words."""

_END = re.compile("[.!\u2026\u3002\uff01\u06d4\u0964\u1362\u104b][\"'\u201d\u2019\u00bb)\\]\u300d\u300f\uff09]*$")
_QUOTE = re.compile(
    '\u201c[^\u201d]*\u201d|"[^"]*"|\u00ab[^\u00bb]*\u00bb|\u201e[^\u201c\u201d]*[\u201c\u201d]|\u300c[^\u300d]*\u300d'
)
_PAIRS = (("\u201c\u201e", "\u201d"), ("\u00ab", "\u00bb"), ("(\uff08", ")\uff09"), ("[", "]"), ("\u300c", "\u300d"))
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufffd\ud800-\udfff]|https?:|www\\.|@")
_POINTING = {
    "en": """he she it they this that these those his her hers its their theirs him them here there then such both
        another others i we you my our your but and or so nor yet also however meanwhile moreover furthermore therefore
        instead nevertheless nonetheless still thus otherwise besides hence additionally similarly earlier later
        afterwards elsewhere asked what when while if because which who whose where why how yes no now neither either
        one some many most the_latter the_former the_two the_three the_pair the_move the_decision the_company the_group
        the_firm the_agency the_deal the_bond the_issue the_measure the_plan the_bill the_ruling the_man the_woman
        the_following the_suspect the_victim the_victims the_statement the_incident the_attack the_report""",
    "es": """él ella ellos ellas esto eso aquello este esta estos estas ese esa esos esas aquel aquella su sus pero y
        también además sin_embargo mientras así entonces ahí allí aquí después luego yo nosotros se lo ello ambos
        tampoco por_su por_ello por_eso no_obstante si cuando porque""",
    "fr": """il elle ils elles ce cet cette ces cela ceci ça son sa ses leur leurs mais et ou or donc aussi cependant
        toutefois pourtant ainsi alors puis ensuite enfin là ici je nous vous on en y c'est d'où de_son selon_lui
        si quand parce celui celle ceux celles tous_deux""",
    "de": """er sie es dies diese dieser dieses diesem diesen das jener jene sein seine ihr ihre ihm ihn aber und oder
        doch auch jedoch dennoch deshalb daher darum dann danach dort hier so ich wir man damit dabei dafür dagegen
        dazu daraufhin beide zudem außerdem allerdings wenn weil""",
    "it": """egli lui lei loro esso essa questo questa questi queste quello quella quelli ciò suo sua suoi ma e o anche
        inoltre tuttavia però quindi così poi allora lì qui io noi si entrambi se quando perché""",
    "pt": """ele ela eles elas isto isso aquilo este esta estes estas esse essa esses essas aquele aquela seu sua mas e
        ou também além porém contudo entretanto assim então depois ali aqui eu nós ambos se quando porque""",
    "nl": "hij zij ze het dit dat deze die zijn haar hun maar en of ook echter toch dus dan daarna daar hier ik we wij",
    "ru": """он она оно они это этот эта эти тот та те его её ее их ему ей им но и а или также однако поэтому затем
        потом там здесь тут я мы вы при_этом кроме_того так если когда""",
    "uk": "він вона воно вони це цей ця ці той та те його її їх але і й а або також однак тому потім там тут я ми ви",
    "ar": "هو هي هم هما هذا هذه ذلك تلك هؤلاء لكن ولكن كما لكنه لكنها وهو وهي وهذا وهذه أيضا هناك هنا ثم أنا نحن وكان",
    "zh": "他 她 它 他们 她们 它们 这 那 这些 那些 其 但 但是 而 此外 同时 然而 不过 我 我们 此 该",
    "ja": "彼 彼女 これ それ あれ この その あの しかし また そして",
}
"""Words with which no sentence can begin that is to stand alone: they point to one before it, or ask."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can stand alone."""

    text: str
    article: str
    """Id."""
    language: str
    place: int
    """Number of sentences before it in the text."""


def fitting(article: str, text: str, language: str) -> Iterator[Sentence]:
    """Those among the first sentences of an article that can stand alone, white space made even."""
    text = text[:_READ]
    bare = without_boilerplate(text)
    for place, (start, end) in enumerate(spans(text, language)):
        if place == FIRST:
            return
        sentence = flat(text[start:end])
        whole = end < len(text) or len(text) < _READ
        if whole and bare[start:end] == text[start:end] and stands_alone(sentence, language):
            yield Sentence(sentence, article, language, place)


def stands_alone(sentence: str, language: str) -> bool:
    """Whether it is a whole statement of a fair length that begins with no pointer and is not mainly a quotation."""
    if len(sentence) > _LONGEST or not is_whole(sentence):
        return False
    words, places = placed(sentence)
    signs = sum(len(word) == 1 and start + 1 == end for word, (start, end) in zip(words, places, strict=True))
    fewest, most = _SIGNS if signs > len(words) / 2 else _WORDS
    return fewest <= len(words) <= most and not _points_back(sentence, language) and not _quotes(sentence)


def is_whole(sentence: str) -> bool:
    """Whether it begins and ends as sentences do, and holds nothing unseen and no address."""
    begins = sentence[:1].upper() == sentence[:1]
    return begins and _END.search(sentence) is not None and not _UNSEEN.search(sentence)


def _points_back(sentence: str, language: str) -> bool:
    opening = " ".join(sentence.lower().split()[:2]).strip("\"'“”«»„‘’([¿¡—–- ")
    listed = _POINTING.get(language, "").split()
    if language in ("zh", "ja"):
        return opening.startswith(tuple(listed))
    first, _, second = opening.partition(" ")
    bare = [word.strip(",.;:!?'’\"”»") for word in (first, second)]
    return bare[0] in listed or "_".join(bare) in listed or bare[0].split("’")[0].split("'")[0] in listed


def _quotes(sentence: str) -> bool:
    """Whether it is mainly a quotation, or a part of one."""
    quoted = sum(len(found.group()) for found in _QUOTE.finditer(sentence))
    torn = any(
        sum(sentence.count(sign) for sign in opening) != sum(sentence.count(sign) for sign in closing)
        for opening, closing in _PAIRS
    )
    return torn or sentence.count('"') % 2 == 1 or quoted > _QUOTED * len(sentence)
