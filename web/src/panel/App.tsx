import { useEffect, useRef } from 'preact/hooks'
import type { PageConfig } from '../api/types'
import { data, failure, lang, load, select, selection, shown, theme } from '../state/store'
import { LANGUAGES, say } from '../text'
import { Timeline } from '../timeline/Timeline'
import { AreaOrPlaceCard } from './LocationCard'
import { EventCard } from './EventCard'
import { Legend } from './Legend'
import { List } from './List'

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
        {data.value && <Legend />}
        <Notice />
      </main>
      <Timeline />
      <Panel config={config} />
    </div>
  )
}

function Header({ title }: { readonly title: string }) {
  const language = lang.value
  return (
    <header class="header">
      <h1>{title}</h1>
      <label><span class="wide-only">{say(language, 'language')} </span>
        <select aria-label={say(language, 'language')} value={language} onChange={(e) => (lang.value = e.currentTarget.value)}>
          {LANGUAGES.map((l) => <option key={l.tag} value={l.tag} lang={l.tag}>{l.name}</option>)}
        </select>
      </label>
      <label><span class="wide-only">{say(language, 'theme')} </span>
        <select aria-label={say(language, 'theme')} value={theme.value} onChange={(e) => (theme.value = e.currentTarget.value as 'auto' | 'light' | 'dark')}>
          <option value="auto">{say(language, 'themeAuto')}</option>
          <option value="light">{say(language, 'themeLight')}</option>
          <option value="dark">{say(language, 'themeDark')}</option>
        </select>
      </label>
    </header>
  )
}

/** What stands over the map while there is nothing to show, and why. */
function Notice() {
  const language = lang.value
  if (failure.value) {
    return (
      <div class="notice failed" role="alert">
        <p>{say(language, 'failed', failure.value)}</p>
        <button type="button" onClick={() => void load()}>{say(language, 'retry')}</button>
      </div>
    )
  }
  return data.value ? null : <p class="notice">{say(language, 'loading')}</p>
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
  const loaded = data.value
  return (
    <aside class="panel" id="panel" ref={panel} aria-label={say(language, 'panel')} tabIndex={-1}>
      {loaded && (chosen?.kind === 'events' ? <EventCard id={chosen.id} data={loaded} /> : chosen ? <AreaOrPlaceCard selection={chosen} data={loaded} /> : <List data={loaded} />)}
      {loaded && <Credits config={config} change={loaded.change} attribution={loaded.attribution} />}
      <p class="visually-hidden" role="status">{loaded ? say(language, 'shown', shown.value.length, loaded.events.length) : ''}</p>
    </aside>
  )
}

function Credits({ config, change, attribution }: { readonly config: PageConfig; readonly change: number; readonly attribution: readonly string[] }) {
  const language = lang.value
  return (
    <footer class="credits">
      <p>{[...attribution, config.base_map?.attribution].filter(Boolean).join(' · ')}</p>
      <p>{say(language, 'outlines')} {say(language, 'change', change)}. <a href="/collections">{say(language, 'allData')}</a></p>
    </footer>
  )
}
