/** English. */
import { words, type Language, type SpokenMark } from './language.ts'
import { ENGLISH_NUMBERS } from './en-numbers.ts'

const ALWAYS_CAPITAL = `I I'm I'll I've I'd Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
  April June July September October November December English German French Spanish Italian American British European`

const MARKS: readonly SpokenMark[] = [
  { said: 'comma', mark: ',', glue: 'before', notBefore: 'separated delimited splice key' },
  { said: 'full stop', mark: '.', glue: 'before', ends: true },
  {
    said: 'period',
    mark: '.',
    glue: 'before',
    ends: true,
    ordinary: true,
    notBefore: 'of in piece drama costume pains between during when where',
  },
  { said: 'question mark', mark: '?', glue: 'before', ends: true, notBefore: 'over about' },
  { said: 'exclamation mark|exclamation point', mark: '!', glue: 'before', ends: true },
  { said: 'semicolon|semi colon', mark: ';', glue: 'before' },
  { said: 'colon', mark: ':', glue: 'before', ordinary: true, notBefore: 'cancer cleanse' },
  { said: 'ellipsis|dot dot dot', mark: '…', glue: 'before' },
  { said: 'dash', mark: '–', ordinary: true, notBefore: 'of to for' },
  { said: 'hyphen', mark: '-', glue: 'both', ordinary: true },
  { said: 'slash|forward slash', mark: '/', glue: 'both', ordinary: true },
  { said: 'new line|newline', mark: '\n', glue: 'both', ends: true, notBefore: 'of in up' },
  { said: 'new paragraph', mark: '\n\n', glue: 'both', ends: true, notBefore: 'of in' },
  { said: 'open quote|open quotes|begin quote', mark: '“', glue: 'after' },
  { said: 'close quote|close quotes|end quote|unquote', mark: '”', glue: 'before' },
  { said: 'open parenthesis|open paren|open bracket|open brackets', mark: '(', glue: 'after' },
  { said: 'close parenthesis|close paren|close bracket|close brackets', mark: ')', glue: 'before' },
]

export const ENGLISH: Language = {
  code: 'en',
  fillers: words('um umm ummm uh uhh uhhh uhm uhmm er err erm ehm'),
  notFillers: new Set(['uh huh', 'uh oh', 'uh uh']),
  stutters:
    words(`i i'm i'll i've i'd the a an and of to we we're we'll they they're he she my your our their its but or
    if with this these because from there's it's`),
  phraseStarts: words('i we you he she they it the a an in on at to of for with my your our this i was'),
  doubledVerbs: words('know see do did will can was am'),
  articles: words('the a an another each every no any some my your his her its our their'),
  describing:
    words(`this that these those oxford serial inverted single extra missing trailing leading double big huge
    little large long short whole brief grace trial time`),
  ranking: words('first second third last next final'),
  leadOn: words('the a an and or but of my your our their i if because than'),
  common:
    words(`the a an and or but so because if when while as than that this these those there here then i we you he
    she it they me us him them my your our their his her its who what which where why how not no yes in on at to of for
    from with by about into over after before under between through during without against is are was were be been am do
    does did done have has had having will would can could should may might must shall go goes went going gone come came
    get got make made take took see saw know knew think thought say said tell told want wanted need needed use used work
    worked try tried ask asked just also only even still again now today tomorrow yesterday well very really maybe
    perhaps some any all both each every more most other another such many much few good new old first last next one two
    three four five six seven eight nine ten`),
  written: new Map([...words(ALWAYS_CAPITAL)].map((word) => [word.toLowerCase(), word])),
  marks: MARKS,
  spacedMarks: '',
  numbers: ENGLISH_NUMBERS,
}
