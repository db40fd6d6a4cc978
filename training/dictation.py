"""Sentences as people dictate them, by formula: messages, notes, appointments, numbers, spelling."""

import random
import re
from collections.abc import Iterator

SLOTS = {
    "greeting": "hi|hello|hey|dear|good morning|good afternoon",
    "name": "anna|tom|james|sarah|david|emma|michael|laura|peter|alice|robert|susan|george|maria|daniel|kate|paul|jane|"
    "mark|helen|chris|julia|john|lucy|steven|rachel|andrew|claire|ben|nina",
    "who": "i|we|they|he|she|you|the team|my brother|my sister|our manager|the doctor|the teacher|everyone|nobody",
    "person": "me|us|him|her|them|you|the client|the office|my mother|my father|the children|a friend",
    "day": "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|next week|this afternoon|tonight|"
    "next month|the day after tomorrow|this weekend|the weekend",
    "month": "january|february|march|april|may|june|july|august|september|october|november|december",
    "ordinal": "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|fifteenth|twentieth|"
    "twenty first|thirtieth",
    "digit": "one|two|three|four|five|six|seven|eight|nine|zero",
    "number": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty five|thirty|forty|fifty|"
    "sixty|eighty|ninety|a hundred|two hundred|three thousand|half a million",
    "hour": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|half past nine|a quarter to six|"
    "a quarter past four|ten thirty|two fifteen|eight o'clock|five o'clock",
    "thing": "the report|the meeting|the letter|the invoice|the contract|the presentation|the project|the photos|the key|"
    "the car|the tickets|the notes|the address|the phone|the computer|the file|the document|the budget|the schedule|"
    "the order|the package|the book|the article|the question|the answer|the design|the agreement|the recipe|the house",
    "place": "the office|the station|the airport|the hotel|the school|the hospital|the library|the park|home|the kitchen|"
    "the shop|the market|london|new york|paris|berlin|the restaurant|the bank|the garden|the bridge|the city",
    "verb": "send|check|finish|read|review|print|copy|move|cancel|change|discuss|prepare|sign|open|close|find|bring|buy|"
    "sell|explain|write|update|delete|share|forward|collect|return|repair|plan|follow up on",
    "feeling": "happy|sorry|glad|worried|surprised|afraid|sure|tired|ready|excited|busy|late",
    "quality": "good|great|new|old|small|large|early|late|difficult|easy|important|urgent|interesting|expensive|cheap|"
    "beautiful|quiet|short|long|useful|simple|strange|excellent|final|better|different",
    "food": "milk|bread|butter|eggs|cheese|apples|rice|coffee|tea|sugar|salt|chicken|fish|onions|potatoes|tomatoes|soup",
    "weather": "cold|warm|sunny|raining|snowing|windy|cloudy|hot|wet|dry",
    "mark": "comma|full stop|period|question mark|new line|new paragraph|exclamation mark|colon",
    "letter": "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z",
    "filler": "um|uh|well|so|okay|actually|anyway|right",
}

PATTERNS = """
{greeting} {name}
{greeting} {name} thank you for {thing}
{greeting} {name} thanks for your message about {thing}
could you please {verb} {thing} by {day}
can you {verb} {thing} for {person} before {hour}
please {verb} {thing} and let {person} know
i'll {verb} {thing} on {day} at {hour}
let's meet at {place} on {day} at {hour}
the meeting is on {month} the {ordinal} at {hour}
the appointment with {name} is at {hour} on {day}
remind me to {verb} {thing} on {day}
remind me to buy {food} {food} and {food}
don't forget to bring {food} and {food} to {place}
we need {number} more {quality} ideas for {thing}
there were {number} people in {place} and {number} in {place}
{who} didn't know that {name} would {verb} {thing}
{who} said it was {weather} and {weather} at {place}
it's {weather} outside so {who} will stay at {place}
i'm {feeling} that {who} could not {verb} {thing}
i'm {feeling} to hear that {thing} is {quality}
i think {thing} is too {quality} but {thing} is {quality}
{filler} i think we should {verb} {thing} first
{filler} what do you think about {thing}
what time does {name} arrive at {place}
where is {thing} that {name} left at {place}
how many people will be at {place} on {day}
why did {who} {verb} {thing} so {quality}
who will {verb} {thing} if {name} can't come
yes that's {quality} see you on {day}
no i don't want to {verb} {thing}
note to self {verb} {thing} and {verb} {thing}
first {verb} {thing} then {verb} {thing} and then go to {place}
my number is {digit} {digit} {digit} {digit} {digit} {digit} {digit}
call {name} at {digit} {digit} {digit} {digit} {digit} {digit}
the code is {digit} {digit} {digit} {digit}
the total is {number} dollars and {number} cents
it costs about {number} pounds or {number} euros
that's spelled {letter} {letter} {letter} {letter} {letter}
{letter} {letter} {letter} {digit} {digit}
chapter {number} page {number}
dear {name} {mark} {mark} i am {feeling} to say that {thing} is {quality} {mark}
kind regards {name}
best wishes {name}
many thanks and see you on {day}
i hope you are well and that {thing} was {quality}
as far as i know {who} will {verb} {thing} in {month}
{name} and {name} are going to {place} on {day}
{name} wants to know whether {thing} will be {quality} by {day}
open {thing} and scroll down to the {ordinal} line
turn on the lights in {place}
set a timer for {number} minutes
play some {quality} music in {place}
write a message to {name} saying that i'm {feeling}
i was {feeling} because {thing} took {number} hours
""".strip().splitlines()

_CHOICES = {name: words.split("|") for name, words in SLOTS.items()}


def dictation(random: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield re.sub(r"\{(\w+)\}", lambda slot: random.choice(_CHOICES[slot[1]]), random.choice(PATTERNS))
