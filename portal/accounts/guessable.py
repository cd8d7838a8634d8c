"""Which passwords are too easy to guess.

A list of the commonest passwords holds few of twelve characters or more, and those few are built
in few ways. They are a common word or two, a run along the keyboard or the alphabet, or the same piece again.
Digits and signs stand around it, and look-alikes in place of letters. So instead of a list, this
takes a password apart the same way, and refuses it when nothing unguessable remains. A
test builds the commonest ways and counts well over the three thousand that a list would need.
"""

import itertools
import re
from collections.abc import Iterable, Mapping

LEAST = 12
LOOK_ALIKES = (str.maketrans("0134578@$!+", "oleastbasit"), str.maketrans("0134578@$!|", "oieastbasli"))
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "aiueokakikukekosashisusesotachitsuteto",
)
WORDS = frozenset(
    """
    account admin administrator adobe airport alexander america amanda andrea angel angels
    animal anime anthony apple april arsenal asdf ashley august autumn baby backup bailey banana
    barcelona baseball basketball batman beach bear beautiful because believe benjamin berlin
    beauty bitcoin biteme black blue bonjour boston brandon brother bubbles business buster
    butterfly camera canada candidate candy captain carlos casino champion change changeme
    chanel charlie charles cheese chelsea cherry chicago chicken china chocolate chris christian
    christmas christopher chuck classic coffee college company computer connect contact cookie
    cool corvette country cowboy crystal dallas dance daniel danielle dark database david death
    december default demo destiny detroit diamond disney doctor dolphin donald dragon dream
    eagle eagles earth easy edward elephant elizabeth email emma empire employee engine england
    english enter europe everton everyone facebook faith family father february fender ferrari
    fire first fish flower football forever fourteen france freedom friday friend friends fuck
    gabriel galaxy game games garden george germany ghost ginger girl giants global gold golden
    golf goodluck google gordon grace green guest guitar hammer hannah happy hardcore harley
    harry heaven hello helpme hockey holiday home honda honey hospital hotel house hunter iceman
    iloveyou india internet iphone jackson jaguar james january japan jasmine jasper jennifer
    jessica jesus johnny jonathan jordan joseph joshua july june junior justice justin kevin
    killer king kitty knight lady lakers laptop lauren legend leonardo letmein liberty lincoln
    linkedin linux little liverpool login london lord lovely love lover lucky madrid maggie
    magic manager manchester march marina mario marlboro martin marvin master matrix matthew
    maverick max maxwell me melissa member mercedes mercury merlin metal mexico michael michelle
    microsoft midnight miller minecraft mobile monday money monkey monster moon morgan morning
    mother mountain movie music mustang my naruto nascar nathan natasha network newyork nicholas
    nicole nintendo nissan nobody nothing november number ocean october office oliver orange
    oracle pacific paradise paris parker pass passcode passphrase passwd password pa patrick
    peace peanut pepper peter phoenix photo pikachu pizza player please pokemon police porsche
    portal power prince princess private purple python qwer qwerty rabbit rachel raiders rainbow
    ranger rangers raymond recruit recruiter recruiting red redsox remember resume richard
    robert rock rocket root rose russia samantha samsung samuel sarah saturday saturn school
    scooter scorpion scott secret secure security sept september server service sexy shadow
    shannon sharing silver simple single sister skippy slayer smile smokey snoopy soccer soleil
    something sophie spider spiderman spring sql star start starwars steelers stella steven
    strong student sugar summer sun sunday sunflower sunshine super superman superstar support
    sweet sydney system taylor teacher team temp temporary tennis teresa test tester testing
    texas the thirteen thomas thunder thursday tiger tigers time today together toyota travel
    trouble trust trustno tucker tuesday turtle twitter unicorn united user username vanessa
    victor victoria video viking vincent visitor warrior water web wednesday welcome white
    wilson windows winner winston winter wizard wolf work world xxx yamaha yankees yellow you
    your youtube zaq aichi aikawa akira aoyama arigatou arigato asuka ayaka bunka daisuki
    daisuke densha doraemon fuji fujisan fukuoka ganbare ganbatte gakkou genki ginza hana hanako
    haruka hikari hinata hiroshima hiroshi hokkaido hoshi ichiban ichigo inu jinji jinzai kaisha
    kanagawa kanji kawaii kazoku keiko kenji kimono kobe kokoro konnichiwa kumamoto kyoto kyushu
    mago maiko manabu manga matsuri midori mirai mitsubishi momo mushi nagoya nara neko nihon
    nihongo ningen nippon okane okinawa ohayou omamori onigiri osaka pasuwado ramen saitama
    saiyou sakura samurai sapporo sendai sensei sensha shinjuku shiken shokai shukatsu sugoi
    sushi suzuki takahashi takeshi tanaka taro tokyo tomodachi tsubasa ume watanabe yamada
    yamamoto yoko yokohama yoroshiku yuki yume zettai
    """.split()  # noqa: SIM905 - a list of 700 quoted words cannot be read
)
LONGEST = 24
# "abcabcabc" is as good as "abc"; a year or a date of birth is as good as nothing.
REPEATED = re.compile(r"(.{2,}?)\1+")
YEARS = re.compile(r"(19|20)\d\d((0[1-9]|1[0-2])([0-2]\d|3[01])?)?")
WORD_WORTH, SIGN_WORTH, ENOUGH = 1.5, 0.5, 5.0


def too_easy(password: str, known: Iterable[str] = ()) -> bool:
    """Whether hardly more than guessable pieces make up the password.

    `known` are names and words that whoever guesses knows: the person's, the company's, the address's.
    """
    worths = dict.fromkeys(WORDS, WORD_WORTH)
    worths |= {piece: SIGN_WORTH for word in known for piece in re.split(r"[\W_]+", word.casefold())}
    folded = YEARS.sub("", password.casefold())
    texts = {folded, REPEATED.sub(r"\1", folded)}
    readings = itertools.product(texts, LOOK_ALIKES)
    return any(_worth(text, text.translate(table), worths) < ENOUGH for text, table in readings)


def _worth(text: str, reading: str, worths: Mapping[str, float]) -> float:
    """How hard the text is to guess, in letters chosen at random; a common word counts little, and once.

    `reading` is the text with look-alikes read as letters, of the same length.
    """
    worth, place, seen = 0.0, 0, set[str]()
    while place < len(text):
        word = _word_at(text, place, worths) or _word_at(reading, place, worths)
        run = 0 if word else _run_at(text, place)
        if word:
            worth += 0.0 if word in seen else worths[word]
        else:
            worth += 1.0 if text[place].isalpha() and not run else SIGN_WORTH
        seen.add(word)
        place += len(word) or run or 1
    return worth


def _word_at(text: str, place: int, worths: Mapping[str, float]) -> str:
    """The longest common word that begins at `place`; empty for none."""
    for length in range(min(LONGEST, len(text) - place), 2, -1):
        if text[place : place + length] in worths:
            return text[place : place + length]
    return ""


def _run_at(text: str, place: int) -> int:
    """The length of what begins at `place` and runs along keyboard, alphabet or digits, or is one sign repeated."""
    for length in range(len(text) - place, 2, -1):
        piece = text[place : place + length]
        if piece == piece[0] * length or any(piece in run or piece[::-1] in run for run in RUNS):
            return length
    return 0
