// Playback: the chosen range moves along by itself, until the reader touches anything else.
import { effect, signal } from '@preact/signals'
import type { Span } from '../time/instant'
import { inSight } from '../timeline/looking'
import { firstFrame, frameAfter, isFrame, type Way } from '../timeline/steps'
import { list, overview } from './answers'
import { range, setRange } from './store'
import { cover, isCloser, look, looked, whole } from './time'

export const way = signal<Way>({ step: 'month', cumulative: false })
/** Steps a second. */
export const SPEEDS = [1, 2, 4] as const
export const speed = signal<(typeof SPEEDS)[number]>(1)
export const playing = signal(false)

const motion = matchMedia('(prefers-reduced-motion: reduce)')
/** Whether the reader wants nothing to move by itself: then there are single steps alone. */
export const still = signal(motion.matches)
motion.addEventListener('change', () => {
  still.value = motion.matches
  if (motion.matches) stop()
})

/** How often to look whether the map has come, in milliseconds. */
const LOOK_AGAIN = 60

/** Where the frames are counted from: a month after 31 January and another one is 31 March. */
let origin: { readonly frame: Span; readonly way: Way } | null = null
let count = 0
let shown: Span | null = null // the range that was set here; another one is the reader's
let timer = 0

function show(frame: Span): void {
  const passing = range.peek() === shown
  shown = frame
  setRange(frame, passing)
  const [all, now] = [whole.peek(), looked.peek()]
  if (all && now && isCloser.peek()) look(inSight(now, Math.min(frame.to, all.to), all))
}

/** Moves the range by a step. False: it is at the end of the data, or would be before its beginning or its own. */
export function step(n: 1 | -1): boolean {
  const [all, by, now] = [cover.peek(), way.peek(), range.peek()]
  if (!all) return false
  if (now !== shown || origin?.way !== by) {
    if (!isFrame(now, by)) {
      begin(firstFrame(now, all, by), by)
      return true
    }
    origin = { frame: now, way: by }
    count = 0
  }
  const next = frameAfter(origin.frame, by, count + n)
  if (n > 0 ? now.to >= all.to : next.to < Math.max(all.from, next.from)) return false
  count += n
  show(next)
  return true
}

function begin(frame: Span, by: Way): void {
  origin = { frame, way: by }
  count = 0
  show(frame)
}

/** Plays from the range on; from the beginning where it is at the end. */
export function play(): void {
  const [all, by, now] = [cover.peek(), way.peek(), range.peek()]
  if (!all || playing.peek() || still.peek()) return
  playing.value = true
  if (!isFrame(now, by) || !step(1)) begin(firstFrame(now, all, by), by)
  wait()
}

function wait(): void {
  clearTimeout(timer)
  timer = window.setTimeout(advance, 1000 / speed.peek())
}

/** The next frame, once the map has the one before: on a slow line it plays more slowly, and shows each. */
function advance(): void {
  if (!playing.peek()) return
  if (overview.loading.peek() || list.loading.peek()) {
    timer = window.setTimeout(advance, LOOK_AGAIN)
    return
  }
  if (step(1)) wait()
  else stop()
}

export function stop(): void {
  clearTimeout(timer)
  playing.value = false
}

/** What belongs to the playback, and may be touched while it plays. */
export const PLAYBACK = 'playback'

/** Stops the playback where the reader turns to anything else. Returns what ends this. */
export function stopWhenTouched(): () => void {
  const touched = (e: Event): void => {
    const moving = e instanceof KeyboardEvent && ['Tab', 'Shift', 'Control', 'Alt', 'Meta'].includes(e.key)
    if (!playing.peek() || moving || (e.target instanceof Element && e.target.closest(`.${PLAYBACK}`))) return
    stop()
  }
  const hidden = (): void => {
    if (document.hidden) stop()
  }
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const
  for (const kind of kinds) document.addEventListener(kind, touched, { capture: true, passive: true })
  document.addEventListener('visibilitychange', hidden)
  const unfollow = effect(() => {
    if (range.value !== shown && playing.peek()) stop()
  })
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, touched, { capture: true })
    document.removeEventListener('visibilitychange', hidden)
    unfollow()
  }
}
