"""What the voices say: voicemails put together from patterns and lists of words of ours, and rows of common words.

A voicemail is a list of clauses, each a text as it is to be transcribed; numbers are written as they are said.
"""

import re

from wordfreq import top_n_list

FIRST = """Maria Dana Priya Tom Anna James Linda Robert Susan Michael Karen David Lisa Daniel Nancy Mark Betty Paul Helen
Steven Sandra Andrew Donna Kenneth Carol George Ruth Joshua Sharon Kevin Michelle Brian Laura Edward Sarah Ronald Kim
Timothy Jessica Jason Emily Jeffrey Amy Ryan Angela Gary Melissa Eric Brenda Stephen Rachel Larry Nicole Scott Samantha
Frank Katherine Justin Emma Raymond Ben Grace Sam Olivia Jack Hannah Dennis Megan Jerry Alice Tyler Julie Aaron Joan
Henry Victoria Peter Kelly Adam Diane Zachary Evelyn Walter Lauren Kyle Judith Harold Martha Carl Andrea Jeremy Cheryl
Keith Jacqueline Roger Gloria Arthur Teresa Terry Ann Sean Sara Christian Madison Austin Janice Joe Jean Noah Abigail
Ethan Julia Jesse Sophia Albert Rose Billy Denise Bruce Marilyn Willie Amber Jordan Danielle Dylan Brittany Alan Diana
Ralph Natalie Gabriel Jane Roy Lori Juan Tiffany Wayne Alexis Eugene Kayla Louis Omar Nadia Ivan Lena Hugo Nora Felix
Clara Oscar Ruby Leo Stella Max Ella Theo Lucy Simon Claire Colin Fiona Graham Imogen Nigel Bridget Rahul Anita Ravi
Meera Chen Mei Yuki Carlos Elena Diego Sofia Pedro Lucia Ahmed Fatima Yusuf Leila""".split()
LAST = """Pruitt Smith Johnson Brown Jones Miller Davis Wilson Anderson Taylor Moore Martin Jackson Thompson White Lopez
Lee Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell Roberts
Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Reed Bailey
Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray Hughes Price Myers Long Foster Sanders Ross Morales
Powell Sullivan Russell Ortiz Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons Patterson Jordan Reynolds
Hamilton Graham Kim Patel Shah Singh Khan Nguyen Garcia Hale Marsh Dalton Finch Crane Pike Ward Holt Kerr Lowe Nash""".split()
PLACE = """Alder Kestrel Cedar Maple Willow Oak Harbor Bridge Summit River Lake Forest Garden Market Mill Church Station Park
Silver Golden Blue Red Green Northern Southern Western Eastern Royal Central Union Liberty Heritage Pioneer Meadow Valley
Hill Stone Rose Swan Falcon Robin Heron Sparrow Granite Copper Iron Ivory Amber Coral Crystal Crown Anchor Beacon Compass""".split()
TRADE = """Gems Tailors Jewelers Motors Dental Insurance Plumbing Heating Roofing Bakery Florists Clinic Pharmacy Books Cycles
Kennels Travel Interiors Kitchens Windows Carpets Cleaners Catering Printing Security Software Partners Associates Homes
Realty Estates Legal Finance Credit Bank Logistics Freight Studios Salon Optical Physiotherapy Veterinary Nursery School
Library Theater Hotel Golf Fitness Yoga Garage Repairs Electric Solar Energy Farms Foods Wines Coffee Tea""".split()
THING = """pendant ring necklace bracelet watch jacket coat suit dress order invoice contract policy claim quote estimate
proposal sample catalog brochure ticket booking reservation appointment account application form payment refund delivery
parcel package letter car truck bike boiler roof kitchen window carpet sofa table lamp mirror frame book prescription
report test result scan x-ray cleaning fitting lesson class meeting demo trial license renewal subscription membership key
phone laptop printer server website garden fence gate floor painting piano violin camera lens tent boat house apartment
office lease mortgage loan card statement receipt certificate stone earring brooch clock chain gift voucher""".split()
QUALITY = """green blue red deep bright new old small large second last first next final early late good better best right
special free full short quick simple summer winter spring spare missing broken ready""".split()
DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PART = ["morning", "afternoon", "evening"]
MONTH = "January February March April May June July August September October November December".split()
DIGITS = "zero one two three four five six seven eight nine".split()
HOUR = "one two three four five six seven eight nine ten eleven twelve".split()
MINUTE = ["fifteen", "thirty", "forty five", "ten", "twenty"]
ORDINAL = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth""".split() + [
    f"twenty {n}" for n in "first second third fourth fifth sixth seventh eighth ninth".split()
] + ["thirtieth", "thirty first"]
CARDINAL = DIGITS[1:] + """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
fifty sixty seventy eighty ninety""".split() + ["a hundred", "two hundred"]

# $x is a pattern of PATTERNS or a list of LISTS; a bar parts what may stand for each other.
LISTS = {
    "first": FIRST, "last": LAST, "place": PLACE, "trade": TRADE, "thing": THING, "quality": QUALITY, "day": DAY,
    "part": PART, "month": MONTH, "hour": HOUR, "minute": MINUTE, "ordinal": ORDINAL, "cardinal": CARDINAL,
}
PATTERNS = {
    "company": "$place $trade|$place and $last|$last and $last|$place Street $trade|the $place $trade|$last $trade",
    "number_word": "number|cell|mobile|direct line|office number",
    "time": "$hour|$hour $minute|$hour o'clock|half past $hour|noon|$hour thirty",
    "when": "on $day|this $part|tomorrow|tomorrow $part|$day $part|next week|next $day|by $day|before $day|after $time|"
            "at $time|before $time|on the $ordinal|on $month $ordinal|today|this week|on $day at $time|$day or $day",
    "greeting": "Hi $first,|Hello $first,|Hi,|Hello,|Good morning $first,|Good afternoon,|Hey $first,|Hi there $first,|"
                "Hi $first $last,|Hello, this is a message for $first.|Good evening $first,",
    "self": "this is $first from $company.|it's $first.|it's $first $last.|this is $first $last from $company.|"
            "my name is $first $last,|this is $first calling from $company.|it's $first from $company.|"
            "$first here from $company.|this is $first $last with $company.|this is $first calling.|it's $first again,",
    "reason": "I'm calling about your $thing.|I'm calling about the $quality $thing.|The $thing you asked for came in $when.|"
              "The $thing you asked me about is ready.|Your $thing is ready for you.|I'm just calling to follow up $when.|"
              "I wanted to talk to you about the $thing on your account.|I have a question about your $thing.|"
              "We have had your $thing here for $cardinal weeks now,|Your $thing is due $when.|"
              "The $quality $thing is as good as you hoped.|I saw that you asked about a $thing.|"
              "I'm returning your call about the $thing.|$first $last gave me your number.|"
              "You asked me to let you know when the $thing came in.|We spoke $when about your $thing.|"
              "I found $cardinal ways to save on your $thing.|Your $thing needs $cardinal more days.|"
              "I'd like to show you the $quality $thing.|Your appointment is $when.|It's about the payment for the $thing.|"
              "I noticed the $thing was $cardinal days late.|We can fix the $thing $when.|"
              "The $thing is $cardinal dollars less than last year.|I sent you the $thing $when,|"
              "I'm checking that the $thing came.|The doctor asked me to call about your $thing.|"
              "Your $thing runs again and you can come for it $when.|It is time to renew your $thing.",
    "aside": "You know,|I know you're busy,|As you know,|To be honest,|Anyway,|So,|Well,|Actually,|By the way,|"
             "I hope you're well.|I hope your week is going well.|It was good to meet you $when.|"
             "I won't keep you long.|This will only take a minute.|No need to worry,|It's good news.",
    "ask": "Would $day or $day suit you?|Would $time $when work for you?|Can you call me back $when?|"
           "Please call me back $when.|Could you let me know $when?|Please let us know what you want to do.|"
           "Text me a time that works.|Would you like to come and see it $when?|Please reply $when.|"
           "Can we talk $when?|Please come in $when.|Give me a call $when.|You can reach me $when.|"
           "Let me know which day suits you.|Call or text me $when.|Just say yes or no.|When can you come in?|"
           "Do you want me to keep it for you?|I'd love to hear what you think.|You need to tell us $when.|"
           "Please ask for $first.|Could you spare $cardinal minutes $when?",
    "contact": "My number is|My $number_word is|You can reach me at|Please call me at|Call me back at|Text me at|"
               "The number is|Again, that is|Again, that's|That's|Once more,|I'm at|Call us on|My $number_word again is",
    "close": "Thanks.|Thank you.|Thanks, $first.|Bye.|Thanks, bye.|Talk soon.|Have a good day.|Have a great $part.|"
             "Speak to you then.|I look forward to hearing from you.|Take care.|Goodbye.|Thank you very much.|"
             "See you $when.|Talk to you $when.",
}

# Words with sounds that are near to um, uh and er: what must not be taken for a filled pause.
NEAR = """summer drum hums hum thumb plum gum crumb mother tune umbrella Rome home sum term sir calm number customers come some
mum numb slum chum rum glum tomb room broom bloom under other brother another oven dozen cousin onion London company
fern firm germ herb nurse purse curse first thirst world her stir fur blur murmur further burn turn learn earth oak tree old
palm balm farm charm harm warm storm form alarm run sun fun done ton""".split()

# As they are said alone, "to" and "two" are one sound: rows of words without sense leave such words out.
ALIKE = set("""to two too for four there their they're your you're its it's by buy bye no know new knew right write hear here
one won would wood sea see be bee son sun weather whether week weak hour our peace piece meet meat sale sail role roll whole
hole past passed plain plane principal principle site sight cite some sum steel steal tail tale threw through wait weight way
weigh wear where which witch who's whose per red read led lead road rode scene seen mail male main maine made maid great
grate hi high higher hire in inn i eye do due dew ad add air heir allowed aloud ate eight aunt ant band banned bare bear base
bass blew blue board bored brake break capital capitol cell sell cent sent scent check cheque course coarse die dye fair fare
feet feat find fined flour flower fort fought four fore guest guessed him hymn idle idol knight night loan lone maybe or ore
pair pear pause paws poor pour pray prey rain reign real reel sort sought stairs stares story storey tire tyre toe tow vary
very war wore won't im ive id ill were dont cant u r st de la th et al vs x s t re ll d m b c e f g h j k l n o p q v w y z""".split())


def common_words():
    """The commonest words of English that a voice says in one way, the very common first."""
    words = top_n_list("en", 900)
    return [word for word in words if word not in ALIKE and re.fullmatch(r"[a-z]{2,}('[a-z]+)?", word)]


class Corpus:
    """`random`: a `random.Random`; what it gives fixes every text."""

    def __init__(self, random, not_to_say=()):
        self.random = random
        self.common = common_words()
        self.domain = NEAR + [word for words in LISTS.values() for word in words if " " not in word and word != "x-ray"]
        self.not_to_say = {normal(text) for text in not_to_say}

    def fill(self, pattern):
        chosen = self.random.choice(pattern.split("|"))
        return re.sub(r"\$(\w+)", lambda name: self._slot(name.group(1)), chosen)

    def _slot(self, name):
        return self.random.choice(LISTS[name]) if name in LISTS else self.fill(PATTERNS[name])

    def clauses(self):
        """One voicemail, or a row of words; no clause is one of `not_to_say`."""
        make = self._voicemail if self.random.random() < 0.75 else self._row
        clauses = [clause for clause in make() if normal(clause) not in self.not_to_say]
        return clauses or self.clauses()

    def _voicemail(self):
        random, out = self.random, []
        out += [self.fill("$greeting"), self.fill("$self")]
        if random.random() < 0.3:
            out = out[random.randrange(3):]
        for _ in range(random.randint(1, 3)):
            if random.random() < 0.25:
                out.append(self.fill("$aside"))
            out.append(self.fill("$reason"))
        if random.random() < 0.7:
            out.append(self.fill("$ask"))
        for _ in range(random.choice([0, 1, 1, 2])):
            out += self._telephone()
        if random.random() < 0.6:
            out.append(self.fill("$close"))
        return [part for clause in out for part in split_at_commas(clause)]

    def _telephone(self):
        """A number in groups, the way it is read out: a clause for each group, the words before it in the first."""
        random = self.random
        zero = random.choice(["oh", "zero"])
        sizes = random.choice([(3, 3, 4), (3, 3, 4), (3, 3, 2, 2), (3, 4), (3, 2, 2), (4, 3, 3), (2, 2, 2), (10,)])
        digits = [random.choice(DIGITS) for _ in range(sum(sizes))]
        if random.random() < 0.4:  # as numbers made for examples have it
            digits[3:6] = ["five"] * 3
        digits = [zero if digit == "zero" else digit for digit in digits]
        groups, at = [], 0
        for size in sizes:
            groups.append(" ".join(digits[at : at + size]))
            at += size
        joined = random.random() < 0.25
        groups = [", ".join(groups)] if joined else [group + "," for group in groups[:-1]] + groups[-1:]
        groups[0] = f"{self.fill('$contact')} {groups[0]}"
        groups[-1] += "."
        return groups

    def _row(self):
        random, out = self.random, []
        for _ in range(random.randint(2, 5)):
            words = [self._word() for _ in range(random.randint(3, 9))]
            text = " ".join(words)
            out.append(text[0].upper() + text[1:] + random.choice(".,?.."))
        return out

    def _word(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.random.choice(self.common[:130])
        if kind < 0.8:
            return self.random.choice(self.common)
        return self.random.choice(self.domain)


def split_at_commas(clause):
    """At commas a voice pauses; what stands between two is a clause of its own."""
    return [part for part in re.split(r"(?<=,)\s", clause) if part]


def normal(text):
    """Words alone, in lower case."""
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def main():
    import random
    import sys

    corpus = Corpus(random.Random(int(sys.argv[1]) if sys.argv[1:] else 1))
    for _ in range(20):
        print(" / ".join(corpus.clauses()))


if __name__ == "__main__":
    main()
