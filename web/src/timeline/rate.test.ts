import { afterEach, describe, expect, it, vi } from 'vitest'
import { atMostEvery } from './rate'

afterEach(() => vi.useRealTimers())

describe('a pace', () => {
  it('calls at once, then with the last of what came, and no more often', () => {
    vi.useFakeTimers()
    const got: number[] = []
    const paced = atMostEvery(150, (n: number) => got.push(n))
    for (let ms = 0; ms < 450; ms += 10) {
      paced.call(ms)
      vi.advanceTimersByTime(10)
    }
    expect(got).toEqual([0, 140, 290, 440])
    vi.advanceTimersByTime(1000)
    expect(got).toEqual([0, 140, 290, 440])
    paced.call(7)
    expect(got.at(-1)).toBe(7)
  })
  it('forgets what waits', () => {
    vi.useFakeTimers()
    const got: number[] = []
    const paced = atMostEvery(150, (n: number) => got.push(n))
    paced.call(1)
    paced.call(2)
    paced.cancel()
    vi.advanceTimersByTime(1000)
    expect(got).toEqual([1])
  })
})
