import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PageConfig } from '../api/types'
import { attribution, change, everything, facets, histogram, list, overTime, overview } from '../state/answers'
import { knownFailure, retryKnown } from '../state/known'
import { siteTitle, textsFailure } from '../state/language'
import { operationAnswers } from '../state/operations'
import { playing } from '../state/playback'
import { lang, select, selection, theme } from '../state/store'
import { LANGUAGES } from '../locale'
import { say } from '../text'
import { Timeline } from '../timeline/Timeline'
import { AreaOrPlaceCard } from './LocationCard'
import { EventCard } from './EventCard'
import { Legend } from './Legend'
import { List } from './List'
import { Search } from './Search'
import { SpotCard } from './SpotCard'

export function App({ config, mountMap }: { readonly config: PageConfig; readonly mountMap: (el: HTMLElement) => void }) {
  const map = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (map.current) mountMap(map.current)
  }, [mountMap])
  const language = lang.value
  return (
    <div class={selection.value ? 'app reading' : 'app'}>
      <a class="skip" href="#panel">{say(language, 'skip')}</a>
      <Header title={config.title} />
      <main class="stage">
        <div class="map" ref={map} role="region" aria-label={say(language, 'map')} />
        {facets.value.value && <Legend />}
        <Notice />
      </main>
      <Timeline />
      <Panel config={config} />
    </div>
  )
}

function Header({ title }: { readonly title: string }) {
  const language = lang.value
  const site = siteTitle(title, language)
  return (
    <header class="header">
      <h1 lang={site.lang}>{site.text}</h1>
      <Search />
      <label><span class="wide-only">{say(language, 'language')} </span>
        <select aria-label={say(language, 'language')} value={language} onChange={(e) => (lang.value = e.currentTarget.value)}>
          {LANGUAGES.map((l) => <option key={l.tag} value={l.tag} lang={l.tag}>{l.name}</option>)}
        </select>
      </label>
      <label class="theme-choice"><span class="wide-only">{say(language, 'theme')} </span>
        <select aria-label={say(language, 'theme')} value={theme.value} onChange={(e) => (theme.value = e.currentTarget.value as 'auto' | 'light' | 'dark')}>
          <option value="auto">{say(language, 'themeAuto')}</option>
          <option value="light">{say(language, 'themeLight')}</option>
          <option value="dark">{say(language, 'themeDark')}</option>
        </select>
      </label>
    </header>
  )
}

/** What was asked for and is not there, for all parts of the page. */
const parts = [overview, everything, facets, overTime, histogram, list, ...operationAnswers]
export const baseMapFailure = signal<string | null>(null)

/** What stands over the map while there is nothing to show, or where a part of it failed, and why. */
function Notice() {
  const language = lang.value
  const failed = parts.filter((part) => part.failure.value)
  const why = failed[0]?.failure.value?.message ?? knownFailure.value?.message ?? baseMapFailure.value
  if (why) {
    const retry = (): void => {
      for (const part of failed) part.retry()
      if (knownFailure.value) retryKnown()
    }
    return (
      <div class="notice failed" role="alert">
        <p>{say(language, 'failed', why)}</p>
        <button type="button" onClick={retry}>{say(language, 'retry')}</button>
      </div>
    )
  }
  if (textsFailure.value !== null) {
    // Some browsers never ask again for a script that failed; the URL holds all that a new start needs.
    return (
      <div class="notice failed" role="alert">
        <p>{say(language, 'textsFailed', textsFailure.value)}</p>
        <button type="button" onClick={() => location.reload()}>{say(language, 'retry')}</button>
      </div>
    )
  }
  return overview.value.value ? null : <p class="notice">{say(language, 'loading')}</p>
}

function Panel({ config }: { readonly config: PageConfig }) {
  const panel = useRef<HTMLElement>(null)
  const chosen = selection.value
  const language = lang.value
  useEffect(() => {
    panel.current?.scrollTo(0, 0)
    if (chosen) panel.current?.querySelector('h2')?.focus({ preventScroll: true })
  }, [chosen])
  useEffect(() => {
    const close = (e: KeyboardEvent): void => {
      if (e.key === 'Escape') select(null)
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [])
  const shown = list.value.value
  return (
    <aside class="panel" id="panel" ref={panel} aria-label={say(language, 'panel')} tabIndex={-1}>
      {chosen?.kind === 'events' ? <EventCard key={chosen.id} id={chosen.id} /> : chosen?.kind === 'spots' ? <SpotCard key={chosen.id} id={chosen.id} /> : chosen ? <AreaOrPlaceCard key={chosen.id} selection={chosen} /> : <List />}
      {shown && <Credits config={config} change={change.value} attribution={attribution.value} />}
      {/* A playback says itself where it is, and no faster than one can listen. */}
      <p class="visually-hidden" role="status">{shown && !playing.value ? say(language, 'shown', shown.numberMatched, everything.value.value?.numberMatched ?? shown.numberMatched) : ''}</p>
    </aside>
  )
}

function Credits({ config, change, attribution }: { readonly config: PageConfig; readonly change: number; readonly attribution: readonly string[] }) {
  const language = lang.value
  return (
    <footer class="credits">
      <p lang="">{[...attribution, config.base_map?.attribution].filter(Boolean).join(' · ')}</p>
      <p>{say(language, 'outlines')} {say(language, 'change', change)} <a href="/collections">{say(language, 'allData')}</a></p>
    </footer>
  )
}
