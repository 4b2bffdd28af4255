// The one place of the page's state: signals, and their way into the URL and back.
import { batch, computed, effect, signal } from '@preact/signals'
import type { EventType } from '../api/types'
import type { Span } from '../time/instant'
import { formatView, languageFor, parseView, type Selection, type View } from './url'

const browserLanguage = languageFor(navigator.languages)
const initial = parseView(location.search, browserLanguage)
export const centre = signal(initial.centre)
export const range = signal(initial.range)
export const types = signal(initial.types)
export const more = signal(initial.more)
export const selection = signal(initial.selection)
export const lang = signal(initial.lang)
export const theme = signal(initial.theme)

/** The event that the pointer or the keyboard's focus is on, in whichever of map, list and timeline. */
export const hovered = signal<string | null>(null)

const view = computed<View>(() => ({
  centre: centre.value, range: range.value, types: types.value, more: more.value, selection: selection.value, lang: lang.value, theme: theme.value,
}))

/** Shows or hides a type. From "all", the first choice shows that type alone. */
export function toggleType(type: EventType): void {
  const chosen = types.value.includes(type) ? types.value.filter((t) => t !== type) : [...types.value, type]
  types.value = chosen
}

export function showAll(): void {
  batch(() => {
    types.value = []
    more.value = {}
    range.value = { from: -Infinity, to: Infinity }
  })
}

export function select(next: Selection | null): void {
  selection.value = next
}

/** Chooses a range. `passing`: it takes the place of the one before, which the history has no entry of its own for. */
export function setRange(next: Span, passing = false): void {
  replacing = passing
  range.value = next
  replacing = false
}

let replacing = false

/** Keeps the URL at the state: a choice is a step back in the history, a move of the map is not. */
export function followURL(): void {
  let last = view.value
  let restoring = false
  effect(() => {
    const next = view.value
    if (next === last || restoring) return
    const moved = next.centre !== last.centre && next.range === last.range && next.types === last.types && next.more === last.more && next.selection === last.selection
    last = next
    const url = formatView(next, browserLanguage) || location.pathname
    if (url === (location.search || location.pathname)) return
    if (moved || replacing) history.replaceState(null, '', url)
    else history.pushState(null, '', url)
  })
  addEventListener('popstate', () => {
    const back = parseView(location.search, browserLanguage)
    restoring = true
    batch(() => {
      centre.value = back.centre
      range.value = back.range
      types.value = back.types
      more.value = back.more
      selection.value = back.selection
      lang.value = back.lang
      theme.value = back.theme
    })
    restoring = false
    last = view.value
  })
}
