import { describe, expect, it } from 'vitest'
import { formatView, languageFor, parseView } from './url'

const FULL = '?c=22.9400,97.7500,8.25&datetime=2024-07-01/2024-07-22&type=bombing_raid,offensive&sel=events/report-2024-07:laukkai-raids&lang=zh&theme=dark'

describe('the view in the URL', () => {
  it('is written as it is read', () => {
    expect(formatView(parseView(FULL, 'en'), 'en')).toBe(FULL)
  })
  it('is empty for what the page starts with', () => {
    expect(formatView(parseView('', 'my'), 'my')).toBe('')
  })
  it('keeps what it can use and leaves the rest at its default', () => {
    const view = parseView('?c=95,97,8&datetime=soon&type=war,clash&sel=weather/x&lang=xx&theme=pink', 'en')
    expect(formatView(view, 'en')).toBe('?type=clash')
  })
  it('keeps ids with slashes and marks as they are', () => {
    const id = 'a b/c&d=e?f#g,%'
    const view = { ...parseView('', 'en'), selection: { kind: 'places' as const, id } }
    expect(parseView(formatView(view, 'en'), 'en').selection).toEqual({ kind: 'places', id })
  })
  it('keeps a spot that is one', () => {
    expect(parseView('?sel=spots/97.75,22.94', 'en').selection).toEqual({ kind: 'spots', id: '97.75,22.94' })
    for (const id of ['97.75', '97.75,22.94,1', '197,22', "97,22) OR (1=1", '']) expect(parseView(`?sel=spots/${id}`, 'en').selection).toBeNull()
  })
  it('takes the language that the browser asks for', () => {
    expect(languageFor(['shn', 'my-MM', 'en'])).toBe('my')
    expect(languageFor(['zh-Hans-CN'])).toBe('zh')
    expect(languageFor(['fr'])).toBe('en')
    expect(languageFor([])).toBe('en')
  })
})
