"""What the voices say: voicemails put together from patterns and lists of words of ours, and rows of common words.

A voicemail is a list of clauses, each a text as it is to be transcribed; numbers are written as they are said.
"""

import re

from wordfreq import top_n_list

# Few words and many sentences: on two cores more of English is out of reach.
FIRST = """Maria Dana Priya Tom Anna James Linda Robert Susan Michael Karen David Lisa Daniel Nancy Mark Paul Helen
Steven Laura Brian Sarah Kevin Rachel Emma Ben Grace Sam Olivia Peter Clara Rahul Elena Omar Leila Simon""".split()
LAST = """Pruitt Smith Johnson Brown Miller Davis Wilson Taylor Harris Clark Lewis Walker Hale Marsh Dalton Finch Reed
Cooper Bennett Morgan""".split()
PLACE = """Alder Kestrel Cedar Maple Willow Harbor Bridge Summit River Lake Garden Market Mill Church Park Silver Golden
Falcon Heron Beacon""".split()
TRADE = """Gems Tailors Jewelers Motors Dental Insurance Roofing Bakery Florists Clinic Books Travel Kitchens Cleaners
Bank Studios""".split()
THING = """pendant ring necklace watch jacket coat suit dress order invoice contract policy estimate catalog ticket
reservation appointment account payment refund delivery package letter car boiler roof kitchen report lease stone fitting
umbrella""".split()
QUALITY = "green blue red deep new old small large first last final late good better special spare".split()
DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PART = ["morning", "afternoon", "evening"]
MONTH = "January February March April May June July August September October November December".split()
DIGITS = "zero one two three four five six seven eight nine".split()
HOUR = "one two three four five six seven eight nine ten eleven twelve".split()
MINUTE = ["fifteen", "thirty", "forty five", "ten", "twenty"]
ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth".split()
CARDINAL = [*HOUR, "fifteen", "twenty", "thirty", "forty", "fifty", "a hundred"]
# Words with sounds that are near to um, uh and er: what must not be taken for a filled pause.
NEAR = """summer drum hum thumb plum gum crumb mother tune umbrella Rome home sum term number customer room broom brother
oven cousin onion London company fern nurse purse world earth tree palm farm storm form alarm sun term""".split()

# $x is a pattern of PATTERNS or a list of LISTS; a bar parts what may stand for each other.
LISTS = {
    "first": FIRST, "last": LAST, "place": PLACE, "trade": TRADE, "thing": THING, "quality": QUALITY, "day": DAY,
    "part": PART, "month": MONTH, "hour": HOUR, "minute": MINUTE, "ordinal": ORDINAL, "cardinal": CARDINAL, "near": NEAR,
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
              "The $quality $thing is as $quality as you hoped.|The $thing is ready for its $quality fitting $when.|"
              "The $thing you asked me to watch for came in $when,|and the $quality $thing is here $when.|"
              "I'm just checking in about the $thing on your $thing.|"
              "The $thing runs again and you can come for it $when.|I saw that you asked about a $thing.|"
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
    "a": "a|the|her|his|our|my|their",
    "kind": "old|calm|under|oak|glum|numb|other|summer|warm|first|some|slum",
    "of": "of|under|with|for|from|in|and|is",
    "does": "hums|comes|turns|runs|burns|learns|comes home|is done|come|hum",
    # Sentences of little sense, full of what sounds like a filled pause.
    "like_um": "$a $near $of $a $near|$a $kind $near $does|$a $near $does $of $a $kind $near|I am done with $a $near|"
               "so is $first|$a number of customers $does $of $a $kind $near|come to $a $near|sir, $a $near $does",
}

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
    words = top_n_list("en", 330)
    return [word for word in words if word not in ALIKE and re.fullmatch(r"[a-z]{2,}('[a-z]+)?", word)]


class Corpus:
    """`random`: a `random.Random`; what it gives fixes every text."""

    def __init__(self, random, not_to_say=()):
        self.random = random
        self.common = common_words()
        self.domain = NEAR + [word for words in LISTS.values() for word in words if " " not in word]
        self.not_to_say = {normal(text) for text in not_to_say}

    def fill(self, pattern):
        chosen = self.random.choice(pattern.split("|"))
        return re.sub(r"\$(\w+)", lambda name: self._slot(name.group(1)), chosen)

    def _slot(self, name):
        return self.random.choice(LISTS[name]) if name in LISTS else self.fill(PATTERNS[name])

    def clauses(self):
        """One voicemail, sentences near to um, or a row of words; no clause is one of `not_to_say`."""
        make = self.random.choices([self._voicemail, self._like_um, self._row], [0.8, 0.08, 0.12])[0]
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

    def _like_um(self):
        sentences = [" ".join(self.fill("$like_um") for _ in range(self.random.randint(1, 3))) for _ in range(3)]
        clauses = [text[0].upper() + text[1:] + "." for text in sentences]
        return [part for clause in clauses for part in split_at_commas(clause)]

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
