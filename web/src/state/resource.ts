// An answer of the server that follows what the reader chose.
import { effect, signal, type ReadonlySignal } from '@preact/signals'
import { Failure } from '../api/client'

export interface Resource<T> {
  /** The newest answer; while the next one is awaited it is the one before. */
  readonly value: ReadonlySignal<T | null>
  readonly loading: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<Failure | null>
  readonly retry: () => void
}

/** The most answers that a resource keeps for the way back. */
const KEPT = 24

/**
 * Loads what `key` names, whenever it changes, and drops what is under way for the key before. A key of null asks for
 * nothing. `wait` says for how many milliseconds a key has to hold before it is asked for.
 */
export function resource<T>(key: () => string | null, load: (key: string, signal: AbortSignal) => Promise<T>, wait = 0): Resource<T> {
  const value = signal<T | null>(null)
  const loading = signal(false)
  const failure = signal<Failure | null>(null)
  const attempt = signal(0)
  const kept = new Map<string, T>()
  let control: AbortController | null = null
  let timer = 0
  let asked: string | null = null

  const start = (wanted: string): void => {
    const mine = (control = new AbortController())
    load(wanted, mine.signal).then(
      (loaded) => {
        if (mine.signal.aborted) return
        keep(kept, wanted, loaded)
        value.value = loaded
        loading.value = false
      },
      (error: unknown) => {
        if (mine.signal.aborted) return
        failure.value = error instanceof Failure ? error : new Failure(0, error instanceof Error ? error.message : String(error))
        loading.value = false
      },
    )
  }

  effect(() => {
    const wanted = key()
    const again = attempt.value > 0
    if (wanted === asked && !again) return
    attempt.value = 0
    asked = wanted
    control?.abort()
    clearTimeout(timer)
    failure.value = null
    if (wanted === null) {
      value.value = null
      loading.value = false
      return
    }
    const known = kept.get(wanted)
    if (known !== undefined) value.value = known
    loading.value = true
    // What is known is shown at once, and asked for again: the browser has its tag, and mostly gets a 304.
    if (wait > 0) timer = window.setTimeout(() => start(wanted), wait)
    else start(wanted)
  })
  return { value, loading, failure, retry: () => (attempt.value += 1) }
}

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key)
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}
