import { describe, expect, it } from 'vitest'
import { pick, say } from './text'

describe('texts', () => {
  it('fills holes and keeps those that it has no value for', () => {
    expect(say('en', 'shown', 3, 14)).toBe('3 of 14 events')
    expect(say('my', 'between')).toBe('Within {0}')
  })
  it('picks the reader’s language, else English, else what there is', () => {
    expect(pick({ en: 'Lashio', my: 'လားရှိုး' }, 'my')).toEqual({ text: 'လားရှိုး', lang: 'my' })
    expect(pick({ en: 'Lashio', my: 'လားရှိုး' }, 'zh')).toEqual({ text: 'Lashio', lang: 'en' })
    expect(pick({ shn: 'x' }, 'zh')).toEqual({ text: 'x', lang: 'shn' })
    expect(pick(undefined, 'zh')).toEqual({ text: '', lang: 'zh' })
  })
})
