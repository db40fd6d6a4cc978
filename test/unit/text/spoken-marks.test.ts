import { describe, expect, it } from 'vitest'
import { edited } from './kit.ts'

const marked = (script: string, language = 'en'): string =>
  edited(script, { spokenMarks: 'careful', language })

describe('spoken marks', () => {
  it.each([
    ['hello comma how are you question mark', 'hello, how are you?'],
    ['that is all full stop', 'that is all.'],
    ['that is all period', 'that is all.'],
    ['i bought the car <0.3> period', 'i bought the car.'],
    ['we left period <0.4> it rained', 'we left. it rained'],
    ['note colon <0.3> read this', 'note: read this'],
    ['dear john comma new line thank you', 'dear john,\nthank you'],
    ['first comma we go', 'first, we go'],
    ['one new paragraph two', 'one\n\ntwo'],
    ['new line hello', 'hello'],
    ['she said open quote hello there close quote and left', 'she said “hello there” and left'],
    ['yes open paren maybe close paren', 'yes (maybe)'],
    ['wow exclamation mark', 'wow!'],
    // Models that punctuate write their own marks around the name.
    ['Hello, comma, how are you? Question mark.', 'Hello, how are you?'],
    ['That is all. Period.', 'That is all.'],
    ['Dear John, new line, thank you', 'Dear John,\nthank you'],
    ['well <0.4> dash <0.3> maybe', 'well – maybe'],
    ['and <0.3> slash <0.3> or', 'and/or'],
  ])('%s → %s', (script, text) => {
    const once = marked(script)
    expect(once.trimStart()).toBe(text)
    // Set, they are marks and not words any more.
    const again = once.replaceAll(/\s+/g, ' ').trim()
    expect(marked(again)).toBe(again)
  })

  it.each([
    'a long period of time',
    'the comma was missing',
    'the trial period',
    'a period drama',
    'an oxford comma',
    'the first comma was wrong',
    'comma separated',
    'we use comma separated values',
    'a question mark over the plan',
    'we have a new line of products',
    'colon cancer',
    'make a dash for it',
    'he likes this period',
    'comma',
    'period',
    'the long period',
  ])('leaves: %s', (script) => {
    expect(marked(script)).toBe(script)
  })

  it.each([
    ['de', 'hallo komma wie geht es dir fragezeichen', 'hallo, wie geht es dir?'],
    ['de', 'das ist alles punkt', 'das ist alles.'],
    ['de', 'eins neue zeile zwei', 'eins\nzwei'],
    ['fr', "comment vas-tu point d'interrogation", 'comment vas-tu\u202f?'],
    ['fr', 'bonjour virgule merci', 'bonjour, merci'],
    ['es', 'abrir interrogación cómo estás cerrar interrogación', '¿cómo estás?'],
    ['es', 'uno punto y aparte dos', 'uno.\ndos'],
  ])('%s: %s → %s', (language, script, text) => {
    expect(marked(script, language)).toBe(text)
  })

  it.each([
    ['de', 'das ist der Punkt'],
    ['de', 'Punkt für Punkt'],
    ['fr', 'le point de vue'],
    ['fr', 'nous avons deux points de retard'],
    ['es', 'el punto de vista'],
    ['it', 'ciao comma come stai'],
  ])('%s leaves: %s', (language, script) => {
    expect(marked(script, language)).toBe(script)
  })

  it('always sets more, but not behind an article', () => {
    const always = (script: string): string => edited(script, { spokenMarks: 'always' })
    expect(always('we left period it rained')).toBe('we left. it rained')
    expect(marked('we left period it rained')).toBe('we left period it rained')
    expect(always('the period')).toBe('the period')
  })
})
