import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Failure, getJSON } from '../api/client'

/** The server's answer to a path, asked for while the component stands; a Failure where there is none. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as with JSON everywhere, the caller knows what stands at a path
export function useAnswer<T>(path: string | null): T | Failure | 'loading' {
  const state = useSignal<{ readonly path: string | null; readonly answer: T | Failure | 'loading' }>({ path, answer: 'loading' })
  useEffect(() => {
    if (path === null) return
    const control = new AbortController()
    const set = (answer: T | Failure): void => {
      if (!control.signal.aborted) state.value = { path, answer }
    }
    getJSON<T>(path, control.signal).then(set, (error: unknown) => set(error instanceof Failure ? error : new Failure(0, String(error))))
    return () => control.abort()
  }, [path])
  return state.value.path === path ? state.value.answer : 'loading'
}
