/** Spanish. */
import { words, type Language, type NumberWords, type SpokenMark } from './language.ts'

const LOW =
  `cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
  dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho
  veintinueve`.split(/\s+/u)
const TENS = 'treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ')
const HUNDREDS = `doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos
  novecientos`.split(/\s+/u)

function small(): Map<string, number> {
  const names = new Map(LOW.map((name, value) => [name, value]))
  for (const name of ['un', 'una']) names.set(name, 1)
  names.set('veintiún', 21)
  for (const [index, ten] of TENS.entries()) {
    const value = 10 * (index + 3)
    names.set(ten, value)
    for (let unit = 1; unit < 10; unit++) names.set(`${ten} y ${LOW[unit] ?? ''}`, value + unit)
    names.set(`${ten} y un`, value + 1)
  }
  return names
}

const NUMBERS: NumberWords = {
  small: small(),
  hundred: words(''),
  hundreds: new Map([
    ['cien', 100],
    ['ciento', 100],
    ...HUNDREDS.flatMap((name, index): [string, number][] => [
      [name, 100 * (index + 2)],
      [name.replace(/os$/u, 'as'), 100 * (index + 2)],
    ]),
  ]),
  scales: new Map([
    ['mil', 1e3],
    ['millón', 1e6],
    ['millones', 1e6],
  ]),
  alone: words('mil'),
  one: words(''),
  and: words(''),
  nought: words(''),
  repeats: new Map(),
  point: words('coma'),
  decimalMark: ',',
  groupMark: '\u202f',
  percent: new Set(['por ciento']),
  percentSign: '\u00a0%',
  currencies: new Map([
    ['euros', { sign: '€', before: false }],
    ['euro', { sign: '€', before: false }],
    ['dólares', { sign: '$', before: false }],
    ['dólar', { sign: '$', before: false }],
  ]),
  units:
    words(`grados kilómetros kilómetro metros metro centímetros centímetro milímetros kilogramos kilos kilo gramos
    gramo litros litro gigabytes megabytes hercios voltios vatios céntimos`),
}

const MARKS: readonly SpokenMark[] = [
  { said: 'coma', mark: ',', glue: 'before' },
  { said: 'punto', mark: '.', glue: 'before', ends: true, ordinary: true, notBefore: 'de en' },
  { said: 'punto final|punto y seguido', mark: '.', glue: 'before', ends: true },
  { said: 'punto y aparte', mark: '.\n', glue: 'both', ends: true },
  { said: 'punto y coma', mark: ';', glue: 'before' },
  { said: 'dos puntos', mark: ':', glue: 'before', ordinary: true, notBefore: 'de' },
  { said: 'abrir interrogación|abre interrogación', mark: '¿', glue: 'after' },
  { said: 'cerrar interrogación|cierra interrogación', mark: '?', glue: 'before', ends: true },
  { said: 'abrir exclamación|abre exclamación', mark: '¡', glue: 'after' },
  { said: 'cerrar exclamación|cierra exclamación', mark: '!', glue: 'before', ends: true },
  { said: 'nueva línea', mark: '\n', glue: 'both', ends: true, notBefore: 'de' },
  { said: 'nuevo párrafo', mark: '\n\n', glue: 'both', ends: true },
  { said: 'abrir comillas|abre comillas', mark: '«', glue: 'after' },
  { said: 'cerrar comillas|cierra comillas', mark: '»', glue: 'before' },
  { said: 'abrir paréntesis|abre paréntesis', mark: '(', glue: 'after' },
  { said: 'cerrar paréntesis|cierra paréntesis', mark: ')', glue: 'before' },
]

export const SPANISH: Language = {
  code: 'es',
  fillers: words('eh ehh em emm ehm mmm'),
  notFillers: new Set(),
  stutters: words('yo el la los las un una de del y o pero mi tu su en con por para que'),
  phraseStarts: words('yo el la los las un una de en con por para'),
  doubledVerbs: words('sé'),
  articles: words('el la los las un una este esta ese esa cada ningún mi tu su nuestro nuestra del al'),
  describing: words('otro buen gran mismo'),
  ranking: words('primer primera último última'),
  leadOn: words('el la los las un una y o pero mi tu su del de yo porque'),
  common:
    words(`el la los las un una y o pero porque si cuando como que quien qué dónde por para de del al en con sin
    sobre entre hasta desde yo tú él ella nosotros ellos ellas me te se nos lo le no sí muy más menos también ya aquí allí
    entonces luego es son era fue soy eres está están estaba he has ha hemos han había hay hacer hace va voy ir puede
    puedo debe quiere quiero mi tu su este esta ese esa hoy mañana ayer ahora`),
  written: new Map(),
  marks: MARKS,
  spacedMarks: '',
  numbers: NUMBERS,
}
