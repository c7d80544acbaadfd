"""How laws in English, French, Estonian, German and Czech cite their own units, and how they cite other laws."""

from app.domain.citations.words import (
    ALINEA,
    ARTICLE,
    CHAPTER,
    PARAGRAPH,
    PART,
    POINT,
    SECTION,
    SENTENCE,
    SIGN,
    SUBCHAPTER,
    SUBPOINT,
    Grammar,
    UnitWord,
)

ENGLISH = Grammar(
    "en",
    (
        UnitWord("articles?|arts?\\.", ARTICLE),
        UnitWord("sections?", SUBCHAPTER),
        UnitWord("chapters?", CHAPTER),
        UnitWord("parts?", PARAGRAPH),
        UnitWord("sub-?paragraphs?", SUBPOINT, ordinals="alone"),
        UnitWord("paragraphs?|subsections?", PARAGRAPH, ordinals="chained"),
        UnitWord("sub-?(?:point|item)s?", SUBPOINT),
        UnitWord("points?|items?", POINT),
        UnitWord("sentences?", SENTENCE, ordinals="chained"),
    ),
    ordinals=("- first second third fourth fifth sixth seventh eighth ninth tenth",),
    conjunctions="and|or|and/or",
    ranges="to|through",
    prepositions="in|to|of|under|by|with|the",
    up=r"\s+(?:of|in)\s+(?:the\s+)?",
    down=r",?\s+(?:the\s+)?",
    this=r"\b(?:this|the present)\s+$",
    that=r"(?:\b(?:its|their|that|those|said|same|whose|his|her)|['’]s)\s+$",
    inner_behind=r",?\s+(?:of|to)\s+(?:this|the present)\s+\w+|\s+hereof",
    outer_behind=r"(?:\s+\([^()]{0,60}\))?,?\s+(?:of|to the)\s|\s+thereof|\s+[A-Z]{2,}\b"
    r"|\s+(?:is|are|shall be)\s+(?:amended|replaced|deleted|substituted|repealed)\b",
    outer_before=r"(?<!\bthis )(?<!\bpresent )(?i:code|act|law|constitution|convention|covenant|protocol|treaty"
    r"|directive|regulations?|schedule|annex|appendix|decree|charter)(?:\s+\d\S*|\s+No\.?\s*\S+|\s+\(\w+\)\s+\S+)?[\s,(]+$",
    not_listed=r"\s*%|[\s-]+(?:per|days?|hours?|months?|years?|weeks?|minutes?|times|members?|persons?|other|of them"
    r"|euros?|soms?|january|february|march|april|may \d|june|july|august|september|october|november|december)\b",
    apart=r"\s+(?:shall|may|must|applies|apply|does|do|is|are|has|have)\b",
)

FRENCH = Grammar(
    "fr",
    (
        UnitWord("articles?|art\\.", ARTICLE),
        UnitWord("alinéas?", ALINEA, ordinals="alone"),
        UnitWord("°", POINT, "left"),
        UnitWord("phrases?", SENTENCE, ordinals="chained"),
        UnitWord("chapitres?", CHAPTER),
        UnitWord("titres?", SECTION),
        UnitWord("livres?", PART),
    ),
    ordinals=(
        "m premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
        "f première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
        "- premiers deuxièmes troisièmes quatrièmes cinquièmes sixièmes septièmes huitièmes",
        "m - second",
        "f - seconde",
    ),
    conjunctions="et|ou|et/ou",
    ranges="à",
    prepositions="à l['’]|de l['’]|aux|au|des|du|de|par l['’]|l['’]|les|le|à la|de la|par les|par",
    up=r"\s+(?:de\s+l['’]|des\s+|du\s+|de\s+la\s+|de\s+)",
    down=r",\s+",
    this=r"(?i:\bprésente?s?)\s+$",
    that=r"\b(?i:son|ses|leurs?|cet|ces|ce|dudit|audit|ledit|même|dit|desdits)\s+$",
    inner_behind=r"\s+(?:du|de la|des)\s+présente?s?\s+\w+|\s+ci-(?:dessus|dessous|après)",
    outer_behind=r"(?:\s+et\s+suivants)?(?:\s+\([^()]{0,60}\))?,?\s+(?:du|de\s+la|de\s+l['’]|des|de\s+ce|de\s+cette|dudit|de\s+ladite)\s*"
    r"(?:même\s+|dite?\s+|susvisée?\s+|nouveau\s+|livre\s+des\s+|titre\s+\w+\s+|annexe)?"
    r"(?i:code|loi|ordonnance|décret|constitution|convention|traité|règlement|directive|arrêté|pacte|protocole|charte"
    r"|procédures|annexe|accord|déclaration)|\s+de\s+(?:cet\s+article|ce\s+dernier|la\s+même)|\s+[A-Z]{2,}\b|\s+du\s+[IVX]+\b"
    r"|\s+(?:du|de\s+la|des|de\s+l['’])\s*(?:mêmes?|dite?s?)\b|\s+de\s+la\s+\w+\s+partie\b"
    r"|\s+(?:est|sont)\s+(?:remplac|complét|supprim|abrog|modifi|ainsi|insér)",
    outer_before=r"(?i:code\s+\w+|loi|ordonnance|décret|constitution|convention|traité|règlement|directive)"
    r"(?:\s+n°\s*\S+)?[\s,(]+$",
    not_listed=r"\s*%|\s+(?:pour cent|jours?|mois|ans?|années?|heures?|semaines?|euros?|fois|personnes?|janvier|février"
    r"|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    glue="",
    counts_lines=True,
    needs_article=True,
)

ESTONIAN = Grammar(
    "et",
    (
        UnitWord("§§?(?:-\\w{1,5})?|paragrahv\\w{0,6}", SIGN),
        UnitWord("artik(?:kel|li\\w{0,5}|lite\\w{0,3})", ARTICLE),
        UnitWord(
            "lõi(?:ge|ke|kes|get|kest|kele|kega|kel|ked|gete|getes|keid|getega|getele|getest|gu|getel|kena)", PARAGRAPH
        ),
        UnitWord("punkt(?:i|is|ist|ile|iga|il|id|ide|ides|idele|idega|idest|e|iks|ina)?", POINT),
        UnitWord("lause\\w{0,4}", SENTENCE),
        UnitWord("peatük[ki]\\w{0,6}", CHAPTER, "left"),
        UnitWord("jagu|jao\\w{0,4}", SUBCHAPTER, "left"),
    ),
    conjunctions="ja|või|ning|ja/või|ega",
    ranges="kuni",
    down=r"\s+",
    this=r"\bkäesoleva(?:s|st|t|le|ga|l)?\s+$",
    that=r"\b(?:sama|selle|nimetatud|nende|eelnimetatud|osutatud|tema)\s+$",
    inner_before=r"\bkäesoleva\s+(?:seaduse|seadustiku|määruse)\s+$",
    outer_before=r"(?i:seaduse|seadustiku|määruse|direktiivi|otsuse|konventsiooni|põhiseaduse|lepingu|korra|koodeksi|lisa"
    r"|seaduste|direktiivide|määruste|protokolli|harta)(?:\s+\([^()]{0,20}\))?(?:\s+nr)?(?:\s+[\w/^-]*\d[\w/^-]*)?"
    r"(?:\s+\([^()]{0,60}\))?,?\s+$|\b[A-ZÕÄÖÜ]{2,}\w*\s+$|\bkehtinud\s+$",
    not_listed=r"\.(?=\s*(?:[,–-]|ja\b|või\b|ning\b|[a-zäöõü]))|\s*%|\s+(?:päeva|kuu|aasta|protsen|eurot?|korda|tund|tunni)",
    glue=r"\.\s",
    bare_letters=True,
    needs_article=True,
)

GERMAN = Grammar(
    "de",
    (
        UnitWord("§§?|paragraph(?:en|s)?", SIGN),
        UnitWord("artikel[ns]?|art\\.", ARTICLE),
        UnitWord("abs\\.|abs[aä]tz(?:es|en|e)?", PARAGRAPH),
        UnitWord("satz(?:es)?|sätzen?|halbsatz(?:es)?", SENTENCE),
        UnitWord("nr\\.|nrn\\.|nummern?", POINT),
        UnitWord("buchst\\.|buchstaben?s?", SUBPOINT),
        UnitWord("kapitel[ns]?", CHAPTER),
        UnitWord("abschnitt(?:s|es|en|e)?", SUBCHAPTER),
        UnitWord("teil(?:s|es|en|e)?", PART),
    ),
    conjunctions="und|oder|sowie|und/oder|bzw\\.",
    ranges="bis",
    prepositions="nach|in|im|des|der|von|gemäß",
    up=r"\s+(?:des|der|von)\s+",
    down=r"\s+",
    this=r"\bdiese[srmn]?\s+$",
    that=r"\b(?:dessen|deren|seine[srmn]?|ihre[srmn]?|desselben|derselben|jene[srmn]?|genannten?)\s+$",
    inner_behind=r"\s+diese[sr]\s+\w+",
    outer_behind=r"(?:\s+\([^()]{0,60}\))?,?\s+(?:des|der|vom|zum|zur)\s+(?!§|Abs|Art)(?:\w+\s+)?[A-ZÄÖÜ]"
    r"|\s+[A-ZÄÖÜ]\w*[A-ZÄÖÜ]+\b|\s+(?:desselben|jenes|derselben)\b",
    outer_before=r"(?i:gesetz(?:es|e)?|ordnung|verfassung|richtlinie|satzung|anlage|anhangs?|buch(?:es)?)"
    r"(?:\s+\d\S*)?[\s,(]+$",
    not_listed=r"\s*%|\s+(?:Tage?n?|Monate?n?|Jahre?n?|Stunden?|Wochen?|Prozent|Euro|Personen|Mal|Januar|Februar|März|April"
    r"|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b",
    bare_letters=True,
)

CZECH = Grammar(
    "cs",
    (
        UnitWord("§§?|paragraf\\w{0,3}", SIGN),
        UnitWord("čl\\.|článe?k\\w{0,3}|článc\\w{1,3}", ARTICLE),
        UnitWord("odst\\.|odstav(?:ec|ce|ci|cem|cích|ců|cům)", PARAGRAPH),
        UnitWord("písm\\.|písmen\\w{0,3}", POINT),
        UnitWord("bod(?:u|em|ě|y|ů|ech|ům)?", SUBPOINT),
        UnitWord("vět(?:a|y|ě|u|ou|ách)", SENTENCE, ordinals="chained"),
        UnitWord("hlav(?:a|y|ě|u|ou)", SECTION),
        UnitWord("část(?:i|í|mi|ech)?", PART),
    ),
    conjunctions="a|nebo|i|anebo",
    ranges="až",
    prepositions="v|ve|podle|s|se|k",
    down=r"\s+",
    this=r"\b(?:tohoto|této|tomto|tento|tato|tuto|touto|tomuto)\s+$",
    that=r"\b(?:jeho|její|jejich|téhož|téže|uveden\w{2,3}|onoho)\s+$",
    inner_behind=r"\s+(?:tohoto|této)\s+\w+",
    outer_behind=r"\s+(?:\w+(?:ího|ého|ní|é|ých|ích)\s+){0,3}(?i:zákon[aů]|zákoník[uů]|řádu|ústavy|listiny|nařízení"
    r"|vyhlášky|směrnice|smlouvy|úmluvy|přílohy|protokolu|rozhodnutí|opatření)|\s+[A-ZČŘŠŽ]{2,}\b",
    outer_before=r"(?i:zákon\w{0,2}|zákoník\w{0,2}|ústav\w|příloh\w|nařízení|směrnic\w)(?:\s+č\.\s*\S+(?:\s+Sb\.)?)?[\s,(]+$",
    not_listed=r"\s*%|\s+(?:dn[ůíy]|den|měsíc|rok|let\b|hodin|procent|korun|Kč|osob|ledna|února|března|dubna|května|června"
    r"|července|srpna|září|října|listopadu|prosince)",
    bare_letters=True,
    needs_article=True,
)
