import { signal } from '@preact/signals'
import { describe, expect, it, vi } from 'vitest'
import { Failure } from '../api/client'
import { resource } from './resource'

/** A load whose answers come when the test says so. */
function loads(): { readonly load: (key: string, abort: AbortSignal) => Promise<string>; readonly asked: string[]; readonly aborted: string[]; answer: (key: string, with_: string | Error) => Promise<void> } {
  const open = new Map<string, { resolve: (s: string) => void; reject: (e: Error) => void }>()
  const asked: string[] = []
  const aborted: string[] = []
  return {
    asked, aborted,
    load: (key, abort) => {
      asked.push(key)
      abort.addEventListener('abort', () => aborted.push(key))
      return new Promise((resolve, reject) => open.set(key, { resolve, reject }))
    },
    answer: async (key, with_) => {
      const one = open.get(key)
      if (with_ instanceof Error) one?.reject(with_)
      else one?.resolve(with_)
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

describe('a resource', () => {
  it('follows its key, and drops what a newer key made stale', async () => {
    const server = loads()
    const key = signal<string | null>('a')
    const r = resource(() => key.value, server.load)
    expect([server.asked, r.value.value, r.loading.value]).toEqual([['a'], null, true])
    await server.answer('a', 'A')
    expect([r.value.value, r.loading.value]).toEqual(['A', false])
    key.value = 'b'
    expect(r.value.value).toBe('A') // the answer before, until the next is there
    key.value = 'c'
    expect(server.aborted).toContain('b')
    await server.answer('b', 'B')
    expect(r.value.value).toBe('A')
    await server.answer('c', 'C')
    expect(r.value.value).toBe('C')
  })
  it('shows what it knows at once on the way back, and asks again', async () => {
    const server = loads()
    const key = signal<string | null>('a')
    const r = resource(() => key.value, server.load)
    await server.answer('a', 'A')
    key.value = 'b'
    await server.answer('b', 'B')
    key.value = 'a'
    expect(r.value.value).toBe('A')
    expect(server.asked).toEqual(['a', 'b', 'a'])
    await server.answer('a', 'A2')
    expect(r.value.value).toBe('A2')
  })
  it('asks for nothing without a key', () => {
    const server = loads()
    const key = signal<string | null>(null)
    const r = resource(() => key.value, server.load)
    expect([server.asked, r.loading.value, r.value.value]).toEqual([[], false, null])
  })
  it('says what failed, keeps what it had, and asks again when told to', async () => {
    const server = loads()
    const key = signal<string | null>('a')
    const r = resource(() => key.value, server.load)
    await server.answer('a', 'A')
    key.value = 'b'
    await server.answer('b', new Failure(503, 'busy'))
    expect([r.failure.value?.message, r.value.value, r.loading.value]).toEqual(['busy', 'A', false])
    r.retry()
    expect([server.asked.at(-1), r.failure.value]).toEqual(['b', null])
    await server.answer('b', 'B')
    expect(r.value.value).toBe('B')
  })
  it('waits until a key holds', () => {
    vi.useFakeTimers()
    vi.stubGlobal('window', globalThis)
    const server = loads()
    const key = signal<string | null>('a')
    resource(() => key.value, server.load, 100)
    key.value = 'b'
    vi.advanceTimersByTime(99)
    expect(server.asked).toEqual([])
    vi.advanceTimersByTime(1)
    expect(server.asked).toEqual(['b'])
    vi.useRealTimers()
  })
})
