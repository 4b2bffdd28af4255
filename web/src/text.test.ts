import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES, pluralOf } from './locale'
import { loadTexts, pick, pieces, say, sentences, spoken, TEXT_KEYS, word } from './text'
import my from './text/my'
import zh from './text/zh'

describe('texts', () => {
  it('fills holes and keeps those that it has no value for', () => {
    expect(say('en', 'shown', 3, 14)).toBe('3 of 14 events')
    expect(say('en', 'between')).toBe('Within {0}')
  })
  it('puts what a text holds besides words where its language has it', () => {
    expect(pieces('en', 'provenance')).toEqual(['Dataset: ', 0, '. ', 1, '. Licence: ', 2, '.'])
  })
  it('has a word for a code, and the code where it has none', () => {
    expect(word('en', 'kind', 'border_gate')).toBe('Border gate')
    expect(word('en', 'field', 'fatalities.best')).toBe('deaths, best estimate')
    expect(word('en', 'kind', 'castle')).toBe('castle')
  })
  it('joins statements and leaves out what is empty', () => {
    expect(sentences('en', ['', 'Lashio', 'Clash: 2'])).toBe('Lashio. Clash: 2')
    expect(sentences('en', [])).toBe('')
  })
  it('picks the reader’s language, else English, else what there is', () => {
    expect(pick({ en: 'Lashio', my: 'လားရှိုး' }, 'my')).toEqual({ text: 'လားရှိုး', lang: 'my' })
    expect(pick({ en: 'Lashio', my: 'လားရှိုး' }, 'zh')).toEqual({ text: 'Lashio', lang: 'en' })
    expect(pick({ shn: 'x' }, 'zh')).toEqual({ text: 'x', lang: 'shn' })
    expect(pick(undefined, 'zh')).toEqual({ text: '', lang: 'zh' })
  })
})

describe('a language that is not loaded yet', () => {
  it('is shown in English, counted and numbered as English is', () => {
    expect(spoken('xx')).toBe('en')
    expect(say('xx', 'shown', 1, 1)).toBe('1 of 1 event')
  })
})

/** The holes of a text, each once. */
const holesOf = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\d)/g)].map(([, hole = '']) => hole))].sort()

describe.each([['my', my], ['zh', zh]] as const)('the texts of %s', (lang, table) => {
  const texts: Readonly<Record<string, string>> = table
  it('are all there', () => {
    expect(TEXT_KEYS.filter((key) => !texts[key])).toEqual([])
  })
  it('have the holes of the English ones', () => {
    const wrong = TEXT_KEYS.filter((key) => key in texts && holesOf(texts[key] ?? '').join() !== holesOf(say('en', key)).join())
    expect(wrong).toEqual([])
  })
  it('are not the English ones left as they were', () => {
    const alike = TEXT_KEYS.filter((key) => /[A-Za-z]{2}/.test(say('en', key)) && texts[key] === say('en', key))
    expect(alike).toEqual([])
  })
  it('are written in the letters of the language', () => {
    const latin = TEXT_KEYS.filter((key) => /[A-Za-z]/.test((texts[key] ?? '').replace(/GeoJSON|Natural Earth/g, '')))
    expect(latin).toEqual([])
  })
  it('name every plural form that the language has', () => {
    const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories
    for (const text of Object.values(texts)) for (const [, named = ''] of text.matchAll(/plural,((?: \w+ \{[^{}]*\})+)/g)) expect([...named.matchAll(/(\w+) \{/g)].map(([, form]) => form).sort()).toEqual([...forms].sort())
  })
})

describe('numbers and plural forms', () => {
  beforeAll(async () => {
    for (const { tag } of LANGUAGES) await loadTexts(tag)
  })
  it.each([
    ['en', 0, '0 of 0 events'], ['en', 1, '1 of 1 event'], ['en', 1234, '1,234 of 1,234 events'],
    ['my', 1, 'ဖြစ်ရပ် ၁ ခုအနက် ၁ ခု'], ['my', 1234, 'ဖြစ်ရပ် ၁,၂၃၄ ခုအနက် ၁,၂၃၄ ခု'],
    ['zh', 1, '共1起事件，显示1起'], ['zh', 1234, '共1,234起事件，显示1,234起'],
  ])('%s, %i', (lang, n, want) => {
    expect(say(lang, 'shown', n, n)).toBe(want)
  })
  it.each([['bin', 1, 'x: 1 event'], ['bin', 2, 'x: 2 events']] as const)('%s of %i', (key, n, want) => {
    expect(say('en', key, 'x', n)).toBe(want)
  })
  it('all English plurals have both forms', () => {
    expect(pluralOf(1, 'en')).toBe('one')
    for (const key of TEXT_KEYS) expect(say('en', key, 1, 1, 1), key).not.toMatch(/plural|#/)
    for (const key of TEXT_KEYS) expect(say('en', key, 2, 2, 2), key).not.toMatch(/plural|#/)
  })
  it('a value is text, whatever is in it', () => {
    expect(say('en', 'allWith', '$& {1} #', 3)).toBe('All 3 events with “$& {1} #”')
  })
})
