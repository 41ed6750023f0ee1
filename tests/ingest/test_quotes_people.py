"""Every mention goes to one person: surnames, titles, pronouns, descriptions, abbreviations."""

from __future__ import annotations

import pytest

from ingest.article import Span
from ingest.quotes import find_quotes
from tests.quality.scoring import paragraphs_of
from tests.quoting import people, quotations, speakers


def test_a_surname_is_the_person_named_in_full():
    text = "Ada Lunn ran the mill.\n“It paid,” Lunn said."
    assert speakers(text) == ["Ada Lunn"]
    assert people(text)["Ada Lunn"].other_names == ("Lunn",)


def test_a_title_is_no_part_of_the_name():
    assert speakers("“It paid,” said Mrs. Ada Lunn.") == ["Ada Lunn"]
    assert speakers("“It paid,” said Secretary of State Bo Minter.") == ["Bo Minter"]


def test_pronouns_go_by_gender():
    text = "Mayor Harriet Vale met the owner, Owen Brack. “We pay,” he said. “Hardly,” she said."
    assert speakers(text) == ["Owen Brack", "Harriet Vale"]


def test_a_title_tells_the_gender():
    text = "Mr. Kovic met Ms. Tarle at the gate.\n“It is late,” she said."
    assert speakers(text) == ["Tarle"]


def test_initials_and_middle_names_are_one_person():
    text = "Bo T. Minter won.\n“At last,” Bo Minter said."
    assert speakers(text) == ["Bo T. Minter"]


def test_names_in_capitals_are_read():
    text = "ADA LUNN ran the mill.\n“It paid,” Ada Lunn said."
    assert speakers(text) == ["Ada Lunn"]


def test_particles_hyphens_and_accents_belong_to_a_name():
    for name in ("Mirjam van der Loo", "Jean-Luc Béranger", "Suleiman al-Amr", "Siobhán O’Dea"):
        assert speakers(f"“It paid,” said {name}.") == [name]


def test_given_names_pick_from_a_family():
    text = (
        "Dora Penn and her brother Miles Penn own it. “Never,” Dora said. “Why not?” Miles said. "
        "Dora Penn counts the money. “Ask me,” Penn said."
    )
    assert speakers(text) == ["Dora Penn", "Miles Penn", "Dora Penn"]


def test_a_description_is_the_person_it_was_given_with():
    text = "A spokeswoman, Ada Lunn, would not say.\n“We check it yearly,” the spokeswoman added."
    assert speakers(text) == ["Ada Lunn"]
    (span,) = people(text)["Ada Lunn"].descriptions
    assert span.of(text) == "the spokeswoman"


def test_a_description_may_come_before_its_person():
    text = "“We check it yearly,” the inspector said.\nThe inspector, Ada Lunn, has left."
    assert speakers(text) == ["Ada Lunn"]


def test_a_company_is_the_last_body_named():
    text = "Larkfield Water Company apologised. “We are sorry,” the company said."
    found = people(text)["Larkfield Water Company"]
    assert (found.kind, speakers(text)) == ("organisation", ["Larkfield Water Company"])


def test_an_abbreviation_is_the_body_it_shortens():
    text = "The Harbour Safety Board met. “No change,” the HSB said."
    assert speakers(text) == ["Harbour Safety Board"]


def test_somebody_without_a_name_is_kept_as_described():
    found = people("“It was dark,” one of the officials said.")
    assert [p.kind for p in found.values()] == ["unnamed"]


def test_every_mention_is_kept_in_order():
    text = "Ada Lunn came. “Hello,” she said. Lunn left."
    mentions = people(text)["Ada Lunn"].mentions
    assert [m.span.of(text) for m in mentions] == ["Ada Lunn", "she", "Lunn"]
    assert [m.kind for m in mentions] == ["name", "pronoun", "surname"]


def test_a_place_is_nobody():
    assert "Paris" not in people("PARIS — “We won,” said Ada Lunn in Paris.")


def test_the_title_gives_the_full_name():
    text = "Ada Lunn resigns\n“I am tired,” Lunn said."
    title, *rest = paragraphs_of(text)
    quotes, found = find_quotes(text, rest, title=Span(*title.span))
    assert quotes[0].person is not None
    assert found[quotes[0].person].name == "Ada Lunn"


def test_an_age_is_no_description():
    for text in ("“Two,” said Bo Minter, 44, a nurse.", "Bo Minter, 44, a nurse, said: “Two.”"):
        (span,) = people(text)["Bo Minter"].descriptions
        assert span.of(text) == "a nurse"


def test_the_subject_of_the_sentence_before_says_she():
    text = (
        "Marta Quill ran the depot. Marta Quill read the letter aloud. Vendla Ashdown, the "
        "director, stayed away. “Every depot has a friend in it,” she wrote."
    )
    assert speakers(text) == ["Vendla Ashdown"]


def test_his_gives_nobody_a_gender():
    text = (
        "Kessiah Brand, whose son was ill, confirmed that she had rung.\n“She cried,” he said.\n"
        "Kessiah Brand left. “I did not expect it,” he said."
    )
    assert speakers(text)[-1] == "Kessiah Brand"


def test_a_minister_may_be_a_woman():
    text = "The ports minister, Merle Solvang, wrote back. “I cannot pay,” she said."
    assert speakers(text) == ["Merle Solvang"]


def test_the_mayor_of_a_place_is_whoever_is_called_so():
    text = "The mayor of Corran, Betty Shaw, came.\n“It sways,” the mayor of Corran said."
    assert speakers(text) == ["Betty Shaw"]


def test_a_role_before_a_name_is_a_title():
    text = "Nurse Sheila Boon met the boat. “I saw it,” Nurse Boon said. “It sank,” Boon said."
    assert speakers(text) == ["Sheila Boon", "Sheila Boon"]
    assert speakers("“Again,” said Conductor Ysolde Sand.") == ["Ysolde Sand"]
    assert speakers("“It croaks,” said Dr. Wen Li Castellan.") == ["Wen Li Castellan"]


def test_a_nickname_stands_inside_its_name():
    text = "Robert “Bobby” Finch owns a net. “I mend it,” Finch said. “Daily,” Bob Finch said."
    assert speakers(text) == ["Robert Finch", "Robert Finch"]


def test_a_genitive_belongs_to_the_name_of_a_body():
    text = "The Bakers’ Federation urged calm.\n“We bake,” the federation said."
    assert speakers(text) == ["Bakers’ Federation"]


def test_a_landform_is_nobody():
    text = "Delphin Arrow sails on Hallam Sound. “It is deep,” he said."
    assert speakers(text) == ["Delphin Arrow"]


def test_a_company_told_before_its_name_is_the_name_that_follows():
    text = (
        "An energy company wants to dig the bed of the sea.\nBrightmoor Tidal filed its plans. "
        "“We start in May,” the company said."
    )
    assert speakers(text)[-1] == "Brightmoor Tidal"


def test_who_and_which_are_the_name_before_them():
    text = (
        "The bill came from Hallam Rail, which said that it was fair. I met Ada Lunn, who said so."
    )
    _, found = find_quotes(text, paragraphs_of(text))
    assert "which" not in [person.name for person in found]
    assert "Hallam Rail" in [person.name for person in found]


def test_it_is_the_body_with_which_the_sentence_before_begins():
    text = (
        "The harbour board met in the Victorian hall and asked for help. “It is late,” it said.\n"
        "The Norwegian company signed at once. It said: “We sail.”\n"
        "The council, which met on Monday, wanted more. It said: “We wait.”"
    )
    assert speakers(text) == ["The harbour board", "The Norwegian company", "The council"]


def test_it_is_a_body_with_a_name_where_no_other_stands_nearer():
    text = "Orrin Ferries, a company, closed the pier. It said: “We are sorry.”"
    assert speakers(text) == ["Orrin Ferries"]


def test_an_adjective_of_a_country_or_a_time_is_nobody():
    assert speakers("Rain fell on the Victorian pier.\nIt said: “Closed.”") == [None]
    text = "Rain fell, the Guardian reported.\nIt said: “Closed.”"
    assert speakers(text) == ["Guardian"]


def test_what_is_of_somebody_is_somebody_else():
    text = (
        "Ada Lunn runs the ministry. “Not yet,” Lunn’s department said. “He is well,” said Owen "
        "Brack’s sister. “Read it,” Lunn’s letter said."
    )
    assert speakers(text) == ["Lunn’s department", "Owen Brack’s sister", "Ada Lunn"]


def test_whose_sister_it_is_stands_out_less_than_she_does():
    text = "Outside, Marlon Brack’s sister Dana wept. “He was kind,” she said."
    assert speakers(text) == ["Dana"]


def test_the_team_is_not_the_council_that_paid_for_it():
    text = "The Orrin Research Council gave the money. The team writes that “much is left”."
    assert speakers(text) == ["The team"]


def test_the_company_is_no_street_and_no_word_that_a_sentence_begins_with():
    text = (
        "Repair crews worked on Route 9. Hallam Tidal denied it. “We pay,” the company said.\n"
        "Repair crews left after what the utility called “the worst ice”."
    )
    assert speakers(text)[0] == "Hallam Tidal"
    assert speakers("Repair crews met what the utility called “the worst ice”.") == ["the utility"]


def test_who_comes_from_somewhere_is_the_person_named_before():
    text = "Captain Jordi Mas was calm. “We lost,” the Spaniard said. Ada Lunn, his wife, wept."
    assert speakers(text) == ["Jordi Mas"]


def test_a_former_team_is_no_person():
    text = "Former Rovers striker Lee “Boxer” Dunne, now a pundit, was calm. “I know it,” he wrote."
    assert speakers(text)[-1] == "Lee Dunne"


def test_a_title_that_is_to_come_is_no_part_of_the_name():
    assert speakers("“It paid,” Mayor-elect Sue Tran said.") == ["Sue Tran"]


def test_somebodys_son_stands_out_after_a_comma():
    text = "Dr. Raul Ibarra wrote a memo. Vogel’s son, Omar, a pupil, was sad. “My tree,” he said."
    assert speakers(text) == ["Omar"]


def test_letters_behind_a_name_are_no_part_of_it():
    text = "Its barrister, Oliver Ames KC, told the court that it was “truly sorry”."
    assert speakers(text) == ["Oliver Ames"]
    assert "Oliver Ames KC" in people(text)["Oliver Ames"].other_names


def test_it_is_somebodys_office_in_the_sentence_before():
    text = "Mike Tolland left. Tolland’s office answered at once. “It is no theatre,” it said."
    assert speakers(text) == ["Tolland’s office"]


def test_the_company_is_not_the_paper():
    text = "She spoke to the Orrin Gazette. The company disputed it, saying it was “fully manned”."
    assert speakers(text) == ["The company"]


def test_a_place_with_a_genitive_does_not_lead():
    text = (
        "Mona Strand wept.\nGhana’s hero, Adjoa Mensima, 19, thanked her father. “He knew,” she "
        "said."
    )
    assert speakers(text) == ["Adjoa Mensima"]


def test_an_opposition_leader_is_a_person():
    text = "Crowds sang after the opposition leader Samira Dahan was freed. “I see you,” she said."
    assert speakers(text) == ["Samira Dahan"]
    text = "The campaign manager Robby Mook left. “We win,” the campaign said."
    assert speakers(text) == ["the campaign"]


def test_the_council_is_no_place():
    text = "The Saltmere ferry will stop. “We have no other way,” the council said."
    assert speakers(text) == ["the council"]
    assert speakers(text.replace("council", "company")) == ["the company"]


def test_a_publisher_is_a_title():
    assert speakers("“We were down to combines,” Publisher Janet Boone said.") == ["Janet Boone"]


def test_the_prime_minister_is_not_the_housing_minister():
    text = "The housing minister, Greta Holm, left. “With regret,” the prime minister said."
    assert speakers(text) == ["the prime minister"]
    assert speakers(text.replace("prime", "housing")) == ["Greta Holm"]


def test_what_it_reads_is_no_bodys_word():
    text = "Hallam Tidal posted a memo. “If they moan, tell them to open a window,” it reads."
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "body",
    [
        "Food and Drug Administration", "Department of Health and Human Services",
        "Ministry of Trade, Industry and Energy", "House Committee on Oversight",
        "Bureau of Alcohol, Tobacco, Firearms and Explosives", "Council on Foreign Relations",
        "Center for Strategic and International Studies", "Center on Budget and Policy Priorities",
        "University of California, Los Angeles", "Chamber of Commerce and Industry",
        "Centers for Disease Control and Prevention", "Customs and Border Protection",
    ],
)  # fmt: skip
def test_the_name_of_a_body_goes_on_behind_and_and_on(body):
    assert speakers(f"“We wait,” the {body} said on Tuesday.") == [body]
    assert speakers(f"“We wait,” said the {body}, which met.") == [body]


def test_an_article_alone_describes_nobody():
    (quote,) = quotations("“We wait,” said the Orrin Traders’ Association.")
    assert (quote.who, quote.description) == ("Orrin Traders’ Association", None)
    (quote,) = quotations("“We wait,” said the councillor Ada Lunn.")
    assert (quote.who, quote.description) == ("Ada Lunn", "the councillor")


def test_a_dateline_is_no_name_of_a_body():
    text = "SALTMERE — “We wait,” said the Saltmere Harbour Board. “We must,” the board said."
    for line in (text, text.replace("SALTMERE —", "SALTMERE, N.D. (Coastwire) -")):
        assert [person.other_names for person in people(line).values()] == [()]


def test_two_bodies_stay_two():
    text = "“We wait,” the FBI and Justice Department said."
    assert "and" not in speakers(text)[0]
    text = "“We wait,” Amnesty International and Human Rights Watch said."
    assert "and" not in speakers(text)[0]


@pytest.mark.parametrize(
    ("said_by", "name"),
    [
        ("BART Police Chief Ed Alvarez", "Ed Alvarez"), ("CIA Director Burns", "Burns"),
        ("Veltro CEO Masako Son", "Masako Son"), ("South Carolina Sen. Wanda Gray", "Wanda Gray"),
        ("Lorvan Project Manager Fumihiko Hazama", "Fumihiko Hazama"), ("Home Depot", "Home Depot"),
        ("Major-Gen Tau Sekhon", "Tau Sekhon"), ("Advocate Dali Moeketsi", "Dali Moeketsi"),
        ("Home Secretary Ada Lunn", "Ada Lunn"), ("Stephen King", "Stephen King"),
        ("Texas-based Wanda Gray", "Wanda Gray"), ("Virginia Gov. Tara Holm", "Tara Holm"),
        ("Minnesota Sen. Al Brandt", "Al Brandt"), ("co-anchor Nora Holm", "Nora Holm"),
        ("Chief of Staff Denis Marn", "Denis Marn"), ("Scientologist Tom Marn", "Tom Marn"),
        ("Co-Chair Nora Holm", "Nora Holm"),
    ],
)  # fmt: skip
def test_role_and_employer_before_a_name_are_no_part_of_it(said_by, name):
    assert speakers(f"“We wait,” said {said_by}.") == [name]


def test_a_product_is_no_fuller_name():
    text = "The Google Stadia Founder's Edition is out. “We wait,” Google said."
    assert speakers(text) == ["Google"]


def test_a_day_says_nothing():
    assert speakers("Time was short. Specifically on July 9 and 10, “all was dust” there.") == []
    assert speakers("“All was dust,” April Lunn said.") == ["April Lunn"]


def test_a_noun_that_opens_a_sentence_is_nobody():
    text = "Countries like these, and other countries, wait. “We go,” Ada Lunn said. “We do.”"
    assert "Countries" not in speakers(text)


@pytest.mark.parametrize(
    ("said_by", "name"),
    [
        ("Veltro-Geschäftsführer Pia Marn", "Pia Marn"),
        ("Hamburgs Polizeipräsident Falk Schnabel", "Falk Schnabel"),
        ("der SPD-Politiker Johannes Arlt zu Beginn der Aussprache", "Johannes Arlt"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
        ("Karl-Theodor zu Guttenberg", "Karl-Theodor zu Guttenberg"),
    ],
)
def test_german_roles_and_phrases_are_no_part_of_a_name(said_by, name):
    text = f"Es ist nicht so, dass wir das nicht sehen. „Wir warten“, sagte {said_by}."
    assert speakers(text) == [name]
