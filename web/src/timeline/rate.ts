/** A call at most every so many milliseconds: the first at once, the last of those in between when the time is up. */
export interface Limited<T> { readonly call: (value: T) => void; readonly cancel: () => void }

export function atMostEvery<T>(ms: number, act: (value: T) => void): Limited<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: { readonly value: T } | null = null
  const up = (): void => {
    timer = undefined
    if (!waiting) return
    const { value } = waiting
    waiting = null
    run(value)
  }
  const run = (value: T): void => {
    timer = setTimeout(up, ms)
    act(value)
  }
  return {
    call: (value) => {
      if (timer === undefined) run(value)
      else waiting = { value }
    },
    cancel: () => {
      clearTimeout(timer)
      timer = undefined
      waiting = null
    },
  }
}
