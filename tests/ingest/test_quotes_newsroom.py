"""Turns of newsrooms that texts which the engine had not seen brought up, each in our own words."""

from __future__ import annotations

import pytest

from tests.quoting import one, people, quotations, speakers

GERMAN = " Der Rat hat das nicht getan, und das ist auch nicht die Art."
FRENCH = " Le conseil est dans une bonne voie et que les choses sont pour le mieux."
SPANISH = " La ley de las casas que se vende en el centro de la ciudad."


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Senior managers at Wess Water called it “the price we pay”.", "Senior managers at Wess"),
        ("A lawyer acting for him said her client “disputes the claim”.", "A lawyer acting"),
        ("Residents living near the plant said it was “a shame”.", "Residents living near"),
        ("The Pell campaign called it “a lie from start to finish”.", "The Pell campaign"),
        ("A yard that one of them called “a cancer on the road” closed.", "one of them"),
        ("“Not now,” the 43-year-old from Orrin said.", "the 43-year-old from"),
        ("The colleague replied with a single word: “Amen.”", "The colleague"),
        ("As the dial read 41, a man in a coat walked in and asked for “some sun”.", "a man"),
        ("NASHIK: Growers came, alleging that firms had “gone to sleep”.", "Growers"),
        ("The clerk, identified in papers only as Witness 2, responded: “No.”", "The clerk"),
        ("An embassy statement said he had been speaking “about the sea”.", "An embassy statement"),
        ("A spokesman for the developer, Strand Living, said it was “sorry”.", "A spokesman"),
        ("The trust has been branded “Victorian” by parents of the pupils.", "parents"),
        ("Talks ended with each side accusing the other of “playing to it”.", "each side"),
        ("One rose; another, when asked for the plan, said: “Rain.”", "another"),
        ("Another put the figure at “nearer 80”.", "Another"),
        ("The label had for decades read “gift of a gentleman”.", "The label"),
        ("His style led one critic to call him “the man of rests”.", "one critic"),
        ("Plot holders in Orrin say they are being “treated like thieves”.", "Plot holders"),
        ("Someone in the gallery muttered: “Try.”", "Someone"),
        ("Owen Brack spoke. A cousin began to shout. “My brother!” the man yelled.", "the man"),
        ("It has a sticker, hand-lettered in 1999, that reads “Be kind.”", "a sticker"),
    ],
)
def test_somebody_without_a_name_is_told_in_full(text: str, mention: str):
    found = one(text)
    assert found.mention is not None
    assert found.mention.startswith(mention)
    assert found.who == found.mention


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Lenin aides met. Lenin aides said the plan was “dead on arrival”.", "Lenin aides"),
        ("The firm's then head of sales, Bo Ide-Finn, told us he was “past it”.", "Bo Ide-Finn"),
        ("The Home Secretary, Joel Tarn, rose. He said it was “no cure”.", "Joel Tarn"),
        ("Fisheries Minister Ragna Bø-Lund told them it was “over for good”.", "Ragna Bø-Lund"),
        ("Counsel for the yard, Bernard Coady SC, said it was “late in the day”.", "Bernard Coady"),
        ("In a call by Nuala Tarn she can be heard saying “Jesus, no”.", "Nuala Tarn"),
        ("Ada Lunn walked home with Owen Brack. “No,” the mother-of-two said.", "Ada Lunn"),
        ("Owen Brack trained alone. “No,” the defender said.", "Owen Brack"),
        ("Owen Brack came home. “No,” said the 43-year-old.", "Owen Brack"),
        ("The first witness, neighbour Ada Lunn, wept. “No,” the witness said.", "Ada Lunn"),
        ("For Ada Lunn, the deal is “a sell-out of the young”.", "Ada Lunn"),
        ("B.C. Environment Minister Amrit Dosan said it was “under review”.", "Amrit Dosan"),
        ("Leader of the Opposition Vija Satpu called it “a photocopy”.", "Vija Satpu"),
        ("The Bettanys' daughter, Kylo, wept as Ada Lunn left. “No,” she said.", "Kylo"),
        ("NARD President, Dr Tor Gwaza-Bello, met us. “No,” he said.", "Tor Gwaza-Bello"),
        ("Marjo Weint came. Asked if that went for Bo Hall, she said: “I said it.”", "Marjo Weint"),
        ("Qualifier Kinga Ostro won. “I want him,” Ostro said.", "Kinga Ostro"),
        ("Bo Minter told us it was “late,” according to a memo seen by the Post.", "Bo Minter"),
        ("Cllr Pat Dhil sat down. “No,” Cllr Dhil said.", "Pat Dhil"),
        ("Justice Helen Mata sentenced Owen Brack. “Care is due,” the judge said.", "Helen Mata"),
        ("Sgt. Ray Poel met Owen Brack. “Stop,” the sergeant said.", "Ray Poel"),
        ("Penn & Hall said in a note that it was “sound and well”.", "Penn & Hall"),
        ("Michele Tranq rang. He would like more. “That’s all,” he said.", "Michele Tranq"),
        ("At Orrin station, Temi Adeol met Fran Hume. Adeol sat. “No,” she said.", "Temi Adeol"),
        ("Bo Osgo won. He denied giving it to Mark Threl at all. “No,” he said.", "Bo Osgo"),
        ("The local MP, Labour's Wes Obaf, tweeted: “Well done, that dog.”", "Wes Obaf"),
        ("An Bord Plean met. In its order the board said it was “sound”.", "An Bord Plean"),
        ("Pádraig Mac an tSaoi accused her of “running with the hare”.", "Pádraig Mac an tSaoi"),
        ("Deja Watk drove off. “Go,” the 24-year-old cashier said.", "Deja Watk"),
        ("Ofsted, which rated the place “in need of work”, would not speak.", "Ofsted"),
        ("Backup Tanner Vosk waited. “I’m not doing that,” Vosk said.", "Tanner Vosk"),
        ("The chair, Hon. Obi Okez, rose. “No,” the lawmaker stated.", "Obi Okez"),
        ("A trader, Risika Balo, wept. “No,” the mother of four said.", "Risika Balo"),
        ("Students Chloe Bapt and Zaid Rahm ate chips. “Ninety,” said Chloe.", "Chloe Bapt"),
        ("Ada Lunn sang. A tutor told her to stop. “So I did,” she said.", "Ada Lunn"),
        (
            "Ada Lunn wrote it. She had the part of Verity in mind. “Yes,” she said.",
            "Ada Lunn",
        ),
    ],
)
def test_who_it_is_gets_the_name(text: str, who: str):
    assert speakers(text) == [who]


@pytest.mark.parametrize("text", ["Owen Brack was accused of “hiding”.", "PM accused of ‘hiding’"])
def test_whoever_is_accused_says_nothing(text: str):
    found = one(text)
    assert (found.kind, found.who) == ("mixed", None)


@pytest.mark.parametrize(
    "words", ["whether “everything” included him", "says “plan” is a big word"]
)
def test_a_word_as_a_subject_is_no_speech(words: str):
    assert speakers(f"Ada Lunn asked {words}.") == []


def test_a_stranger_who_speaks_is_he_thereafter():
    text = (
        "Tom Arkw replied: “I was on it on Tuesday, and I slept all the way, which is the best.”\n"
        "One skipper, who leases a berth, said that he could run it. “Half that,” he added."
    )
    assert speakers(text) == ["Tom Arkw", "One skipper"]


def test_a_stranger_with_whom_a_sentence_begins_is_he():
    assert speakers("Owen Brack waited.\nA man walked in. “No,” he said.") == ["A man"]


def test_a_word_that_is_spoken_of_is_no_speech():
    (found,) = quotations("Asked about the use of “unprecedented,” Pell laughed.", ("other",))
    assert found.who is None


def test_who_right_behind_a_description_is_whoever_that_stands_for():
    text = "Mayor Ada Lunn spoke. “We stay,” said the mayor, who added that the pier is safe."
    said = quotations(text, ("direct", "indirect"))
    assert [found.who for found in said] == ["Ada Lunn", "Ada Lunn"]


def test_a_woman_from_a_town_is_not_the_town():
    text = "A woman from Orrin, who did not want to be named, wept. “No,” she said."
    assert "Orrin" not in people(text)


def test_a_surname_that_is_a_trade_stays_a_name():
    text = "Tim Cook ran it. Cook said it was “time to go home at last”."
    assert speakers(text) == ["Tim Cook"]


def test_a_colleague_who_is_told_is_somebody_else():
    text = "Owen Brack, the mayor, told a colleague that it was over. “No,” the colleague said."
    assert speakers(text) == ["the colleague"]


def test_one_surname_goes_to_whoever_stands_out():
    text = "Declan Tarn, 54, denies the murder of Fintan Tarn.\nMr Tarn said: “He came at me.”"
    assert speakers(text) == ["Declan Tarn"]


def test_a_lone_role_behind_the_is_no_name():
    assert "Speaker" not in people("The Speaker rose to say that “this is not a debate club”.")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("„Das ist der falsche Weg“, räumte der Wirt ein." + GERMAN, "der Wirt"),
        ("„Wir kommen wieder“, kündigte Lena Voss an." + GERMAN, "Lena Voss"),
        ("Der Vorstand wirft ihm vor, das Bad „kaputtgespart“ zu haben." + GERMAN, "Der Vorstand"),
        ("Holger Stett kam. „Nie“, sagte der 58-Jährige." + GERMAN, "Holger Stett"),
        ("Lenz hat dem Kollegen Bo Peters vorgeworfen, „Luft“ zu bauen." + GERMAN, "Lenz"),
        ("Nach Ansicht der Ärztin Sibel Kara ist es „mehr als Lärm“." + GERMAN, "Sibel Kara"),
        ("Jens Peters kam. „Nie“, sagte der Finanzminister." + GERMAN, "Jens Peters"),
        ("Man zahlt, was Chef Dirk Holt „Diebstahl am Volk“ nennt." + GERMAN, "Dirk Holt"),
        ("« C'est non », tranche la maire." + FRENCH, "la maire"),
        ("« C'est oui », se désole encore Paul Dufour." + FRENCH, "Paul Dufour"),
        ("Pour la CGT, « la balle est dans le camp adverse »." + FRENCH, "CGT"),
        ("« Non », prévient le délégué CGT, Marc Lefort." + FRENCH, "Marc Lefort"),
        ("“Es una vergüenza”, espetó la portavoz." + SPANISH, "la portavoz"),
        (
            "La jefa de la Comunidad, Begoña Artal, negó “el plan”." + SPANISH,
            "Begoña Artal",
        ),
        ("La défense, elle, dénonce « un procès d'un autre temps »." + FRENCH, "La défense"),
        ("Para Lucía Marín, la ley es “un parche sin más”." + SPANISH, "Lucía Marín"),
    ],
)
def test_other_languages_set_any_verb_before_its_subject(text: str, who: str):
    assert [found.who for found in quotations(text)] == [who]
