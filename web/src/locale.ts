// The languages of the page, and how each writes numbers and counts what it names.

/** `tag` names a language in the URL and in the data; `locale` is how Intl and the browser's fonts know it. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', locale: 'en-GB' }, // the day first: 22 Jul 2024 reads the same to everyone, 7/22/2024 does not
  // Burmese newsrooms write Burmese numerals, and so does CLDR; Chromium has them, but not the language (time/burmese.ts).
  { tag: 'my', name: 'မြန်မာ', locale: 'en-GB-u-nu-mymr' },
  { tag: 'zh', name: '中文', locale: 'zh-Hans' },
] as const

/** The locale of a language; for one that is not ours, the tag itself, and English where Intl does not know it. */
export const localeOf = (lang: string): readonly string[] => [LANGUAGES.find((l) => l.tag === lang)?.locale ?? lang, 'en-GB']

/** The value of the attribute lang for texts of ours in a language: Chinese ones are in simplified letters. */
export const attributeOf = (lang: string): string => (lang === 'zh' ? 'zh-Hans' : lang)

const STYLES = {
  plain: {},
  compact: { notation: 'compact', maximumFractionDigits: 1 },
  tenths: { maximumFractionDigits: 1 },
  degrees: { minimumFractionDigits: 4, maximumFractionDigits: 4 }, // 0.0001 degree is about 10 m
} as const
const numbers = new Map<string, Intl.NumberFormat>()

function numberFormat(lang: string, style: keyof typeof STYLES): Intl.NumberFormat {
  const key = `${lang} ${style}`
  let found = numbers.get(key)
  if (!found) numbers.set(key, (found = new Intl.NumberFormat([...localeOf(lang)], STYLES[style])))
  return found
}

/** A number in the reader's numerals. */
export const formatNumber = (n: number, lang: string): string => numberFormat(lang, 'plain').format(n)

/** A count in the reader's numerals: 9,999 as it is, 12K beyond. */
export function formatCount(n: number, lang: string): string {
  if (lang !== 'my' || n <= 9_999) return numberFormat(lang, n > 9_999 ? 'compact' : 'plain').format(n)
  const [size, unit] = n < 99_500 ? [1e4, 'သောင်း'] : n < 999_500 ? [1e5, 'သိန်း'] : [1e6, 'သန်း']
  return `${numberFormat(lang, 'tenths').format(n / size)} ${unit}`
}

/** A latitude or longitude in the reader's numerals. */
export const formatDegrees = (degrees: number, lang: string): string => numberFormat(lang, 'degrees').format(degrees)

const plurals = new Map<string, Intl.PluralRules>()

/** Which plural form a language has for a number: one, other, ... */
export function pluralOf(n: number, lang: string): Intl.LDMLPluralRule {
  if (lang === 'my') return 'other' // its one form
  let found = plurals.get(lang)
  if (!found) plurals.set(lang, (found = new Intl.PluralRules([...localeOf(lang)])))
  return found.select(n)
}
