/** German. Its nouns are capitalised, so only words that are no nouns are ever written small. */
import { words, type Language, type NumberWords, type SpokenMark } from './language.ts'

const UNITS = 'null ein zwei drei vier fünf sechs sieben acht neun'.split(' ')
const TEENS = 'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(' ')
const TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ')

function small(): Map<string, number> {
  const names = new Map([...UNITS, ...TEENS].map((name, value) => [name, value]))
  for (const name of ['eins', 'eine']) names.set(name, 1)
  names.set('zwo', 2)
  for (const [index, ten] of TENS.entries()) {
    const value = 10 * (index + 2)
    names.set(ten, value)
    for (let unit = 1; unit < 10; unit++) names.set(`${UNITS[unit] ?? ''}und${ten}`, value + unit)
  }
  for (const [name, value] of [...names]) names.set(name.replaceAll('ß', 'ss'), value)
  return names
}

const NUMBERS: NumberWords = {
  small: small(),
  hundred: words('hundert'),
  hundreds: new Map(),
  scales: new Map([
    ['tausend', 1e3],
    ['million', 1e6],
    ['millionen', 1e6],
    ['milliarde', 1e9],
    ['milliarden', 1e9],
  ]),
  scalesHaveCapitals: true,
  alone: words('hundert tausend'),
  one: words(''),
  and: words('und'),
  compound: /hundert|tausend/gu,
  nought: words(''),
  repeats: new Map(),
  point: words('komma'),
  decimalMark: ',',
  groupMark: '.',
  percent: new Set(['prozent']),
  percentSign: '\u00a0%',
  currencies: new Map([
    ['euro', { sign: '€', before: false, cents: 'cent' }],
    ['dollar', { sign: '$', before: false, cents: 'cent' }],
  ]),
  units:
    words(`grad kilometer meter zentimeter millimeter kilogramm kilo gramm liter milliliter gigabyte megabyte
    kilobyte terabyte hertz kilohertz megahertz gigahertz volt watt kilowatt cent franken`),
}

const MARKS: readonly SpokenMark[] = [
  { said: 'komma', mark: ',', glue: 'before' },
  { said: 'punkt', mark: '.', glue: 'before', ends: true, ordinary: true, notBefore: 'für eins zwei drei' },
  { said: 'fragezeichen', mark: '?', glue: 'before', ends: true },
  { said: 'ausrufezeichen|ausrufungszeichen', mark: '!', glue: 'before', ends: true },
  { said: 'doppelpunkt', mark: ':', glue: 'before' },
  { said: 'semikolon|strichpunkt', mark: ';', glue: 'before' },
  { said: 'gedankenstrich', mark: '–' },
  { said: 'bindestrich', mark: '-', glue: 'both' },
  { said: 'schrägstrich', mark: '/', glue: 'both' },
  { said: 'neue zeile', mark: '\n', glue: 'both', ends: true },
  { said: 'neuer absatz', mark: '\n\n', glue: 'both', ends: true },
  { said: 'anführungszeichen auf|anführungszeichen unten', mark: '„', glue: 'after' },
  { said: 'anführungszeichen zu|anführungszeichen oben', mark: '“', glue: 'before' },
  { said: 'klammer auf', mark: '(', glue: 'after' },
  { said: 'klammer zu', mark: ')', glue: 'before' },
]

export const GERMAN: Language = {
  code: 'de',
  // “um” and “er” are words here.
  fillers: words('äh ähm äähm öh öhm ehm'),
  notFillers: new Set(),
  stutters: words(
    'ich du wir er es und oder aber ein eine einen den dem des mit von zu auf für wenn weil dass',
  ),
  phraseStarts: words('ich du wir er es in auf mit von zu für den dem ein eine'),
  doubledVerbs: words('weiß komme'),
  articles:
    words(`der die das den dem des ein eine einen einem einer eines kein keine keinen jeder jede jedes jeden mein
    meine dein deine sein seine ihr ihre unser unsere`),
  describing: words('dieser diese dieses diesen diesem jener jene wichtiger wichtigen großer großes neuer'),
  ranking: words('erste ersten erster letzte letzten letzter nächste nächsten'),
  leadOn: words(
    'der den dem des ein eine einen und oder aber sondern mein meine dein deine von für mit weil dass ich',
  ),
  common:
    words(`der die das den dem des ein eine einen einem einer und oder aber sondern denn weil dass wenn als ob wie
    wo wer was warum ich du er sie es wir ihr mich dich uns mir dir ihm ihn nicht kein keine auch nur noch schon sehr hier
    dort dann so da doch mal ja nein in im an am auf aus bei beim mit nach von vom zu zum zur für gegen ohne über unter
    durch zwischen ist sind war waren bin bist sein habe hat haben hatte hatten wird werden wurde kann können konnte muss
    müssen soll sollen will wollen darf mag möchte geht ging kommt kam macht gemacht heute morgen gestern jetzt`),
  written: new Map(),
  marks: MARKS,
  spacedMarks: '',
  numbers: NUMBERS,
}
