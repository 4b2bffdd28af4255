import { useEffect } from 'preact/hooks'
import { known, need, needLocations } from '../state/known'
import { lang, more } from '../state/store'
import { pick, say } from '../text'

/** What the filter asks beyond type and time, each with the way to drop it. */
export function Chosen() {
  const language = lang.value
  const chosen = Object.entries(more.value)
  useEffect(() => {
    need('actors', more.value['actor']?.split(',') ?? [])
    needLocations([...(more.value['place']?.split(',') ?? []), ...(more.value['area']?.split(',') ?? [])])
    need('datasets', more.value['dataset']?.split(',') ?? [])
  }, [more.value])
  if (chosen.length === 0) return null
  const drop = (name: string): void => {
    more.value = Object.fromEntries(chosen.filter(([other]) => other !== name))
  }
  return (
    <ul class="chosen" aria-label={say(language, 'chosen')}>
      {chosen.map(([name, value]) => (
        <li key={name}>
          <button type="button" onClick={() => drop(name)} aria-label={say(language, 'drop', nameOf(name, value, language))}>{nameOf(name, value, language)} <span aria-hidden="true">×</span></button>
        </li>
      ))}
    </ul>
  )
}

function nameOf(parameter: string, value: string, language: string): string {
  if (parameter === 'q') return say(language, 'quoted', value)
  const { actors, places, areas, datasets } = known.value
  const names = value.split(',').map((id) => {
    const texts = parameter === 'actor' ? actors.get(id)?.properties.names : parameter === 'dataset' ? datasets.get(id)?.properties.title : (places.get(id) ?? areas.get(id))?.properties.names
    return pick(texts, language).text || id
  })
  return names.reduce((before, next) => say(language, 'together', before, next))
}
