"""English words around a name that tell a place from a person, a street or a thing."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


LOCATIVES = words(
    "in near at from to around outside across throughout inside toward towards through into within via visiting "
    "visited reached leaving left between north south east west northeast northwest southeast southwest southern "
    "northern eastern western central downtown suburban rural nearby greater In Near At From To Around Outside "
    "Across Throughout Inside Within Downtown Greater Northern Southern Eastern Western Central"
)
"""Words before a name that ask for a place."""

STRONG_LOCATIVES = words("in near across around outside throughout In Near Across Around Outside Throughout")
"""Words that stand before places only, so that they overrule a person of the same name."""

TITLES = words(
    "St St. Saint Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Professor Sen Sen. Senator Rep Rep. "
    "Representative Gov. Judge Justice Sheriff Coach Capt Capt. Captain Lt Lt. Sgt Sgt. Sergeant Officer "
    "Detective Cpl. Pvt. Maj. Col Col. Colonel Gen. Adm. Admiral Cmdr. Commander Sir Lord Lady Dame Rev Rev. "
    "Reverend Fr. Father Sister Brother Pastor Bishop Cardinal Attorney Councilman Councilwoman Councilmember "
    "Councillor Commissioner Alderman Supervisor Superintendent Deputy Trooper Secretary Congressman "
    "Congresswoman Assemblyman Assemblywoman Principal Uncle Aunt Chief Patrolman Atty. Spc. Pfc. Chancellor "
    "Treasurer Trustee Referee Manager actor actress singer striker defender midfielder goalkeeper quarterback "
    "pitcher catcher guard forward coach"
)
"""Titles and trades that stand directly before a surname."""

PLACE_NOUNS = words(
    "University College Airport Police City County Council River Bay Valley Park Hospital High Times Post Zoo "
    "Mayor International Beach Island Islands Lake Hills Heights Springs Falls Harbor Harbour Port Bridge Station "
    "Stadium Arena Square Museum Symphony Orchestra Opera Ballet School Schools Township Parish Borough District "
    "Prefecture Province State Region Area Metro Metropolitan Convention Center Centre Chamber Fire Public Board "
    "Court Exchange Stock Bureau Office Embassy Consulate Summit Conference Marathon Festival Film Fashion Week "
    "Declaration Agreement Treaty Accord Protocol Olympics Games United FC Rovers Bulls Bears Cubs Red Yankees "
    "Mets Giants Jets Cowboys Stars Mavericks Rangers Texans Rockets Astros Dolphins Heat Marlins Hornets "
    "Panthers Braves Falcons Hawks Broncos Nuggets Rockies Lions Tigers Pistons Colts Pacers Titans Predators "
    "Saints Pelicans Browns Cavaliers Indians Eagles Phillies Flyers Sixers Steelers Pirates Penguins Seahawks "
    "Mariners Sounders Swans Tower Palace Castle Abbey Cathedral Church Diocese Archdiocese Road Street Avenue "
    "North South East West Northern Southern Eastern Western Central Downtown Mall Plaza Gateway Community "
    "Regional National Federal Government Ministry Republic Kingdom Corp Inc Co Ltd Group Holdings Company Power "
    "Energy Steel Oil Gas Airlines Motors Industries Trust Savings Peninsula Desert Mountains Sea Ocean Gulf "
    "Strait Canal Basin Plateau Plain Border Railway Railroad Transit Bank"
)
"""Words after a name with which it still is a place: "Jordan River", "Lincoln University"."""

STREETS = words(
    "Avenue Ave Street St Road Rd Boulevard Blvd Drive Dr Lane Ln Court Ct Parkway Pkwy Highway Hwy Turnpike "
    "Terrace Circle Trail Pike Expressway"
)
"""Words after a name that make it a street somewhere else."""

NOT_PERSONS_BEFORE = words(
    "In At From To Of And The For On With By As A An Or But If When While Since After Before During Near North "
    "South East West Northern Southern Eastern Western Central New Greater Downtown Upper Lower Inner Outer Old "
    "Port Fort Mount Lake Saint Both Visit Visiting Like Unlike Across Around Through Into Over Under Between "
    "Within Without Against About"
)
"""Capitalised words that are nobody's given name."""

SPEECH = words("said says told tells added noted explained testified pleaded recalled insisted")
"""After the name of a small place that is also a surname, these mean the person."""

NOT_US_BEFORE = words("LET GIVE GIVES GAVE JOIN TELL TELLS HELP HELPS MAKE MAKES TEACH TEACHES SHOW SHOWS LIKE")
"""Before "US" in a headline in capital letters, these mean the pronoun."""

COMPOUNDS = words(
    "pro anti ex non post trans mid all intra inter sub cross north south east west central western eastern anglo "
    "franco sino russo indo greco germano nippo israelo ukraino hispano luso afro américano americano"
)
"""First parts of a compound whose second part is still read: "pro-Russian"."""

MONEY = words("dollar dollars dlr dlrs Dlr Dlrs DLR DLRS DOLLAR DOLLARS")
"""After a country or demonym they name a currency, which any country may use."""

NOT_A_NATION_AFTER = words(
    "food restaurant restaurants Restaurant Grill grill cuisine dishes class classes teacher teachers lessons "
    "language languages Language literature immersion Immersion dressing bread wine Oaks"
)
"""After a demonym they mean a language, a school subject or food."""

LANGUAGE_BEFORE = words(
    "speak speaks speaking spoke spoken learn learning learned learnt teach teaches teaching taught study "
    "studying studied fluent translated"
)
"""Before a demonym they mean the language."""
