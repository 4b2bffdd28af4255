import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Failure, getJSON } from '../api/client'
import type { ActorRecord, AreaRecord, EventRecord, Page, PlaceRecord } from '../api/types'
import { lang, more, select } from '../state/store'
import { pick, say, type TextKey } from '../text'
import { Sign } from './Sign'

/** Something that was found: what it is called, of what kind it is, and what choosing it does. */
interface Found {
  readonly key: string
  readonly text: string
  readonly lang: string
  readonly kind: TextKey
  readonly event?: EventRecord
  readonly choose: () => void
}

const FEW = 5
/** How long the reader has to pause before it is asked, in milliseconds. */
const PAUSE = 150

/** Looks for places, areas, actors and events in any spelling or script; a result goes there. */
export function Search() {
  const language = lang.value
  const text = useSignal('')
  const found = useSignal<readonly Found[] | Failure | null>(null)
  const active = useSignal(-1)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const words = text.value.trim()

  useEffect(() => {
    active.value = -1
    if (words === '') {
      found.value = null
      return
    }
    const control = new AbortController()
    const timer = setTimeout(() => {
      look(words, control.signal).then(
        (list) => (found.value = list),
        (error: unknown) => { if (!control.signal.aborted) found.value = error instanceof Failure ? error : new Failure(0, String(error)) },
      )
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [words, language])

  useEffect(() => {
    const shortcut = (e: KeyboardEvent): void => {
      if (e.key !== '/' || e.ctrlKey || e.metaKey || (e.target instanceof HTMLElement && e.target.closest('input, select, textarea'))) return
      e.preventDefault()
      input.current?.focus()
    }
    addEventListener('keydown', shortcut)
    return () => removeEventListener('keydown', shortcut)
  }, [])

  const list = Array.isArray(found.value) ? (found.value as readonly Found[]) : []
  const close = (): void => {
    found.value = null
    active.value = -1
  }
  const choose = (one: Found | undefined): void => {
    if (!one) return
    text.value = ''
    close()
    one.choose()
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      const n = list.length
      if (n > 0) active.value = (active.value + (e.key === 'ArrowDown' ? 1 : active.value < 0 ? 0 : -1) + n) % n
    } else if (e.key === 'Enter') choose(list[Math.max(0, active.value)])
    else if (e.key === 'Escape' && (found.value || text.value)) {
      e.stopPropagation()
      text.value = ''
      close()
    }
  }
  const open = found.value !== null
  return (
    <div class="search" ref={box} onFocusOut={(e) => { if (!(e.relatedTarget instanceof Node && box.current?.contains(e.relatedTarget))) close() }}>
      <input ref={input} type="search" role="combobox" list={undefined} aria-expanded={open} aria-controls={`${id}-list`} aria-autocomplete="list" aria-label={say(language, 'search')} placeholder={say(language, 'search')}
        aria-activedescendant={active.value >= 0 ? `${id}-${active.value}` : undefined} autocomplete="off" spellcheck={false} value={text.value}
        onInput={(e) => (text.value = e.currentTarget.value)} onKeyDown={onKeyDown} />
      {open && (
        <ul class="found" role="listbox" id={`${id}-list`} aria-label={say(language, 'search')}>
          {list.map((one, i) => (
            <li key={one.key} id={`${id}-${i}`} role="option" aria-selected={i === active.value} onPointerDown={(e) => e.preventDefault()} onClick={() => choose(one)}>
              {one.event ? <Sign type={one.event.properties.type} size={18} /> : <span class="found-dot" aria-hidden="true" />}
              <span class="found-text" lang={one.lang}>{one.text}</span>
              <span class="quiet">{say(language, one.kind)}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="visually-hidden" role="status">{found.value instanceof Failure ? say(language, 'failed', found.value.message) : open ? say(language, 'found', list.length) : ''}</p>
    </div>
  )
}

async function look(words: string, signal: AbortSignal): Promise<readonly Found[]> {
  const q = encodeURIComponent(words)
  const ask = <T,>(collection: string): Promise<Page<T>> => getJSON<Page<T>>(`/collections/${collection}/items?limit=${FEW}&skipGeometry=true&q=${q}`, signal, [])
  const [places, areas, actors, events] = await Promise.all([ask<PlaceRecord>('places'), ask<AreaRecord>('areas'), ask<ActorRecord>('actors'), ask<EventRecord>('events')])
  const language = lang.peek()
  const named = (record: PlaceRecord | AreaRecord | ActorRecord): { readonly text: string; readonly lang: string } => pick(record.properties.names, language)
  return [
    ...places.features.map((r): Found => ({ key: `p${r.id}`, ...named(r), kind: 'aPlace', choose: () => select({ kind: 'places', id: r.id }) })),
    ...areas.features.map((r): Found => ({ key: `a${r.id}`, ...named(r), kind: 'anArea', choose: () => select({ kind: 'areas', id: r.id }) })),
    ...actors.features.map((r): Found => ({ key: `c${r.id}`, ...named(r), kind: 'anActor', choose: () => (more.value = { ...more.peek(), actor: r.id }) })),
    ...events.features.map((r): Found => ({ key: `e${r.id}`, ...pick(r.properties.title, language), kind: `type_${r.properties.type}`, event: r, choose: () => select({ kind: 'events', id: r.id }) })),
    ...(events.numberMatched > 0 ? [{ key: 'all', text: say(language, 'allWith', words, events.numberMatched), lang: language, kind: 'aFilter', choose: () => (more.value = { ...more.peek(), q: words }) } as const] : []),
  ]
}
