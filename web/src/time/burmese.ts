// Dates in Burmese, as its newspapers write them: the year, the month spelt out, the day. Chromium's Intl does not have the
// language and would write English.
import { localeOf } from '../locale'

const MONTHS = ['ဇန်နဝါရီ', 'ဖေဖော်ဝါရီ', 'မတ်', 'ဧပြီ', 'မေ', 'ဇွန်', 'ဇူလိုင်', 'ဩဂုတ်', 'စက်တင်ဘာ', 'အောက်တိုဘာ', 'နိုဝင်ဘာ', 'ဒီဇင်ဘာ']

const figures = new Intl.NumberFormat([...localeOf('my')], { useGrouping: false })

/** The parts of a date that are asked for, in UTC. */
export function burmeseDate(ms: number, { year, month, day }: { readonly year?: boolean; readonly month?: boolean; readonly day?: boolean }): string {
  const date = new Date(ms)
  return [year && figures.format(date.getUTCFullYear()), month && MONTHS[date.getUTCMonth()], day && figures.format(date.getUTCDate())].filter(Boolean).join(' ')
}

/** Two days: what the second has in common with the first is not said again. */
export function burmeseRange(from: number, to: number): string {
  const [a, b] = [new Date(from), new Date(to)]
  const year = a.getUTCFullYear() !== b.getUTCFullYear()
  const month = year || a.getUTCMonth() !== b.getUTCMonth()
  const start = burmeseDate(from, { year: true, month: true, day: true })
  return !month && a.getUTCDate() === b.getUTCDate() ? start : `${start} – ${burmeseDate(to, { year, month, day: true })}`
}
