/** French. */
import { words, type Language, type NumberWords, type SpokenMark } from './language.ts'

const LOW =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' ')
const TENS = ['vingt', 'trente', 'quarante', 'cinquante', 'soixante']

/** Narrow no-break space, which French sets before its high marks and between thousands. */
const THIN = '\u202f'

function small(): Map<string, number> {
  const names = new Map(LOW.map((name, value) => [name, value]))
  names.set('une', 1)
  const teen = (value: number): string => LOW[value] ?? `dix ${LOW[value - 10] ?? ''}`
  for (let value = 17; value < 20; value++) names.set(teen(value), value)
  for (const [index, ten] of TENS.entries()) {
    const value = 10 * (index + 2)
    names.set(ten, value)
    for (let unit = 1; unit < 10; unit++)
      names.set(`${ten} ${unit === 1 ? 'et ' : ''}${teen(unit)}`, value + unit)
  }
  for (let rest = 10; rest < 20; rest++)
    names.set(`soixante ${rest === 11 ? 'et ' : ''}${teen(rest)}`, 60 + rest)
  for (const name of ['quatre vingt', 'quatre vingts']) names.set(name, 80)
  for (let rest = 1; rest < 20; rest++) names.set(`quatre vingt ${teen(rest)}`, 80 + rest)
  for (const [name, value] of [
    ['septante', 70],
    ['huitante', 80],
    ['nonante', 90],
  ] as const)
    names.set(name, value)
  return names
}

const NUMBERS: NumberWords = {
  small: small(),
  hundred: words('cent cents'),
  hundreds: new Map(),
  scales: new Map([
    ['mille', 1e3],
    ['million', 1e6],
    ['millions', 1e6],
    ['milliard', 1e9],
    ['milliards', 1e9],
  ]),
  alone: words('cent mille'),
  one: words(''),
  and: words(''),
  nought: words(''),
  repeats: new Map(),
  point: words('virgule'),
  decimalMark: ',',
  groupMark: THIN,
  percent: new Set(['pour cent', 'pourcent']),
  percentSign: '\u00a0%',
  currencies: new Map([
    ['euros', { sign: '€', before: false }],
    ['euro', { sign: '€', before: false }],
    ['dollars', { sign: '$', before: false }],
    ['dollar', { sign: '$', before: false }],
  ]),
  units:
    words(`degrés kilomètres kilomètre mètres mètre centimètres centimètre millimètres kilogrammes kilos kilo grammes
    gramme litres litre gigaoctets mégaoctets hertz volts watts kilowatts centimes`),
}

const MARKS: readonly SpokenMark[] = [
  { said: 'virgule', mark: ',', glue: 'before' },
  {
    said: 'point',
    mark: '.',
    glue: 'before',
    ends: true,
    ordinary: true,
    notBefore: "de d'interrogation d'exclamation final du",
  },
  { said: 'point final', mark: '.', glue: 'before', ends: true },
  { said: "point d'interrogation", mark: `${THIN}?`, glue: 'before', ends: true },
  { said: "point d'exclamation", mark: `${THIN}!`, glue: 'before', ends: true },
  { said: 'deux points', mark: '\u00a0:', glue: 'before', ordinary: true, notBefore: 'de' },
  { said: 'point virgule', mark: `${THIN};`, glue: 'before' },
  { said: 'à la ligne|nouvelle ligne', mark: '\n', glue: 'both', ends: true, notBefore: 'de' },
  { said: 'nouveau paragraphe', mark: '\n\n', glue: 'both', ends: true },
  { said: 'ouvrez les guillemets|ouvrir les guillemets', mark: '«\u00a0', glue: 'after' },
  { said: 'fermez les guillemets|fermer les guillemets', mark: '\u00a0»', glue: 'before' },
  { said: 'ouvrez la parenthèse|ouvrir la parenthèse', mark: '(', glue: 'after' },
  { said: 'fermez la parenthèse|fermer la parenthèse', mark: ')', glue: 'before' },
]

export const FRENCH: Language = {
  code: 'fr',
  fillers: words('euh euhh heu heuu'),
  notFillers: new Set(),
  // “nous nous” and “vous vous” are grammar.
  stutters: words(
    "je j'ai tu il elle on le la les un une des de du et ou mais mon ma mes ton ta son sa à dans pour avec",
  ),
  phraseStarts: words('je tu il elle on le la les un une de dans pour avec à'),
  doubledVerbs: words('sais vois'),
  articles: words(
    'le la les un une des ce cet cette ces mon ma mes ton ta tes son sa ses notre votre leur chaque aucun du au',
  ),
  describing: words('autre bon mauvais gros petit grand même'),
  ranking: words('premier première dernier dernière'),
  leadOn: words('le la les un une des et ou mais mon ma mes ton ta son sa du de à je parce que'),
  common:
    words(`le la les un une des et ou mais donc car si quand comme que qui quoi où pourquoi comment je tu il elle on
    nous vous ils elles me te se ne pas plus moins très aussi encore toujours jamais ici là alors puis ensuite dans sur
    sous avec sans pour par de du au aux en vers chez entre est sont était étaient suis es être ai as a avons avez ont
    avait fait faire va vais aller peut peux doit veut veux ce cet cette ces mon ma mes ton ta son sa notre votre leur
    aujourd'hui demain hier maintenant oui non`),
  written: new Map(),
  marks: MARKS,
  spacedMarks: '?!:;',
  numbers: NUMBERS,
}
