import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { list } from '../state/answers'
import { PLAYBACK, play, playing, SPEEDS, speed, step, still, stop, stopWhenTouched, way } from '../state/playback'
import { lang, range } from '../state/store'
import { formatRange } from './words'
import { say } from '../text'
import { isOpen } from './choosing'
import { atMostEvery } from './rate'
import type { Way } from './steps'

const STEPS = ['day', 'week', 'month'] as const

/** Moves the range along in time: by itself, or a step at a press. */
export function Playback() {
  const language = lang.value
  const { step: by, cumulative } = way.value
  useEffect(stopWhenTouched, [])
  const once = (n: 1 | -1): void => {
    stop()
    step(n)
  }
  return (
    <div class={PLAYBACK} role="group" aria-label={say(language, 'playback')}>
      <Button name={say(language, 'stepBack')} path="M12 3 6 8l6 5ZM3.500 3h1.800v10H3.500Z" onPress={() => once(-1)} />
      {!still.value && (playing.value
        ? <Button name={say(language, 'pause')} path="M4 3h3v10H4Zm5 0h3v10H9Z" onPress={stop} />
        : <Button name={say(language, 'play')} path="M4.500 2.500 13 8l-8.500 5.500Z" onPress={play} />)}
      <Button name={say(language, 'stepOn')} path="M4 3l6 5-6 5ZM10.700 3h1.800v10h-1.800Z" onPress={() => once(1)} />
      <select aria-label={say(language, 'stepLength')} value={by} onChange={(e) => (way.value = { step: e.currentTarget.value as Way['step'], cumulative })}>
        {STEPS.map((unit) => <option key={unit} value={unit}>{say(language, `step_${unit}`)}</option>)}
      </select>
      <Button name={say(language, 'cumulative')} path="M2 2.500h1.800v11H2ZM5 5h9v6H5Z" pressed={cumulative} onPress={() => (way.value = { step: by, cumulative: !cumulative })} />
      {!still.value && (
        <select aria-label={say(language, 'speed')} value={String(speed.value)} onChange={(e) => (speed.value = SPEEDS.find((s) => String(s) === e.currentTarget.value) ?? 1)}>
          {SPEEDS.map((s) => <option key={s} value={String(s)}>{say(language, 'speedOf', s)}</option>)}
        </select>
      )}
      <Said />
    </div>
  )
}

function Button({ name, path, pressed, onPress }: { readonly name: string; readonly path: string; readonly pressed?: boolean; readonly onPress: () => void }) {
  return (
    <button type="button" class="square" aria-label={name} title={name} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} onClick={onPress}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={path} fill="currentColor" /></svg>
    </button>
  )
}

/** The least time between two words on where a playback is, in milliseconds. */
const SAID = 1000

/** Where the playback is, for who hears the page. */
function Said() {
  const said = useSignal('')
  const limited = useMemo(() => atMostEvery(SAID, (text: string) => (said.value = text)), [said])
  const language = lang.value
  const matched = list.value.value?.numberMatched
  const text = playing.value && !list.loading.value && !isOpen(range.value) && matched !== undefined ? say(language, 'bin', formatRange(range.value, language), matched) : null
  useEffect(() => {
    if (text !== null) limited.call(text)
  }, [text, limited])
  return <p class="visually-hidden playback-said" role="status">{said.value}</p>
}
