// The one place of the page's state: signals, and their way into the URL and back.
import { batch, computed, effect, signal } from '@preact/signals'
import { loadData, type Data } from '../api/load'
import type { EventRecord, EventType } from '../api/types'
import { overlaps, spanOf, type Span } from '../time/instant'
import { formatView, languageFor, parseView, type Selection, type View } from './url'

const browserLanguage = languageFor(navigator.languages)
const initial = parseView(location.search, browserLanguage)
export const centre = signal(initial.centre)
export const range = signal(initial.range)
export const types = signal(initial.types)
export const selection = signal(initial.selection)
export const lang = signal(initial.lang)
export const theme = signal(initial.theme)

export const data = signal<Data | null>(null)
export const failure = signal<string | null>(null)
/** The event that the pointer or the keyboard's focus is on, in whichever of map, list and timeline. */
export const hovered = signal<string | null>(null)

const view = computed<View>(() => ({
  centre: centre.value, range: range.value, types: types.value, selection: selection.value, lang: lang.value, theme: theme.value,
}))

/** Events of the range whatever their type: what the legend counts. */
export const inRange = computed<readonly EventRecord[]>(() => (data.value?.events ?? []).filter((e) => overlaps(spanOf(e.properties), range.value)))

/** Events of the types chosen whatever their time: what the timeline shows. */
export const ofTypes = computed<readonly EventRecord[]>(() => (data.value?.events ?? []).filter((e) => isChosen(e.properties.type)))

/** Events that pass the whole filter: what map and list show. */
export const shown = computed<readonly EventRecord[]>(() => inRange.value.filter((e) => isChosen(e.properties.type)))

function isChosen(type: EventType): boolean {
  return types.value.length === 0 || types.value.includes(type)
}

/** Shows or hides a type. From "all", the first choice shows that type alone. */
export function toggleType(type: EventType): void {
  const chosen = types.value.includes(type) ? types.value.filter((t) => t !== type) : [...types.value, type]
  types.value = chosen
}

export function showAll(): void {
  batch(() => {
    types.value = []
    range.value = { from: -Infinity, to: Infinity }
  })
}

export function select(next: Selection | null): void {
  selection.value = next
}

export function setRange(next: Span): void {
  range.value = next
}

let loading: AbortController | null = null

/** Loads the data, dropping a load that is under way. */
export async function load(): Promise<void> {
  loading?.abort()
  const mine = (loading = new AbortController())
  failure.value = null
  try {
    const loaded = await loadData(mine.signal)
    if (!mine.signal.aborted) data.value = loaded
  } catch (error) {
    if (!mine.signal.aborted) failure.value = error instanceof Error ? error.message : String(error)
  }
}

/** Keeps the URL at the state: a choice is a step back in the history, a move of the map is not. */
export function followURL(): void {
  let last = view.value
  let restoring = false
  effect(() => {
    const next = view.value
    if (next === last || restoring) return
    const moved = next.centre !== last.centre && next.range === last.range && next.types === last.types && next.selection === last.selection
    last = next
    const url = formatView(next, browserLanguage) || location.pathname
    if (url === (location.search || location.pathname)) return
    if (moved) history.replaceState(null, '', url)
    else history.pushState(null, '', url)
  })
  addEventListener('popstate', () => {
    const back = parseView(location.search, browserLanguage)
    restoring = true
    batch(() => {
      centre.value = back.centre
      range.value = back.range
      types.value = back.types
      selection.value = back.selection
      lang.value = back.lang
      theme.value = back.theme
    })
    restoring = false
    last = view.value
  })
}
