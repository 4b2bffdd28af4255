import { Failure } from '../api/client'
import type { EventRecord, Page } from '../api/types'
import { filter } from '../state/answers'
import { formatDegrees } from '../locale'
import { lang } from '../state/store'
import { pointOf } from '../state/url'
import { say } from '../text'
import { BackButton } from './EventCard'
import { Rows } from './List'
import { useAnswer } from './useAnswer'
import { useHeading } from './useHeading'

/** The most events that a spot's card lists. */
const MOST = 200

/** The events of the reader's choice at one point of the map: each can be reached, however many there are. */
export function SpotCard({ id }: { readonly id: string }) {
  const language = lang.value
  const [lon, lat] = pointOf(id) ?? [0, 0]
  const parameters = filter()
  const expression = `S_EQUALS(geometry, POINT(${lon} ${lat}))`
  for (const [name, value] of [['limit', String(MOST)], ['skipGeometry', 'true'], ['filter', expression]] as const) parameters.set(name, value)
  const events = useAnswer<Page<EventRecord>>(`/collections/events/items?${parameters.toString()}`)
  const title = say(language, 'spot', events === 'loading' || events instanceof Failure ? '…' : events.numberMatched)
  useHeading(title)
  return (
    <article class="card">
      <BackButton />
      <h2 tabIndex={-1}>{title}</h2>
      <p class="quiet">{say(language, 'spotAt', formatDegrees(lat, language), formatDegrees(lon, language))}</p>
      {events === 'loading' ? <p class="quiet">{say(language, 'loading')}</p> : events instanceof Failure ? <p class="warning" role="alert">{say(language, 'failed', events.message)}</p> : (
        <>
          {events.numberMatched > events.features.length && <p class="warning">{say(language, 'cut', events.features.length, events.numberMatched)}</p>}
          <Rows events={events.features} name="attached" />
        </>
      )}
    </article>
  )
}
