import { afterEach, describe, expect, it, vi } from 'vitest'
import { Failure, getJSON } from './client'

const answers = (...list: readonly (Response | Error)[]): { readonly calls: () => number } => {
  const left = [...list]
  const mock = vi.fn(() => {
    const next = left.shift()
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error('no more answers'))
  })
  vi.stubGlobal('fetch', mock)
  return { calls: () => mock.mock.calls.length }
}
const never = new AbortController().signal

afterEach(() => vi.unstubAllGlobals())

describe('asking the server', () => {
  it('asks again where that may help', async () => {
    const { calls } = answers(new TypeError('offline'), new Response('{}', { status: 503 }), Response.json({ n: 1 }))
    expect(await getJSON('/x', never, [0, 0])).toEqual({ n: 1 })
    expect(calls()).toBe(3)
  })
  it('does not where it cannot, and says what the server said', async () => {
    const { calls } = answers(Response.json({ detail: 'zoom is missing' }, { status: 400 }))
    await expect(getJSON('/x', never, [0])).rejects.toEqual(new Failure(400, 'zoom is missing'))
    expect(calls()).toBe(1)
  })
  it('gives up in the end', async () => {
    const { calls } = answers(new TypeError('offline'), new TypeError('offline'))
    await expect(getJSON('/x', never, [0])).rejects.toMatchObject({ status: 0, message: 'offline' })
    expect(calls()).toBe(2)
  })
  it('stops when it is told to', async () => {
    const control = new AbortController()
    const { calls } = answers(new TypeError('offline'), Response.json({}))
    const asked = getJSON('/x', control.signal, [1])
    control.abort()
    await expect(asked).rejects.toThrow()
    expect(calls()).toBe(1)
  })
})
