// Asking the server, and what may go wrong with it.

/** A request that was not answered as it should have been. `status` is 0 where there was no answer at all. */
export class Failure extends Error {
  constructor(readonly status: number, message: string) {
    super(message)
    this.name = 'Failure'
  }
}

/** Whether asking again may help: no answer, or a server that is busy, stopping or behind a proxy without it. */
const passing = (failure: Failure): boolean => [0, 429, 502, 503, 504].includes(failure.status)

/** How long to wait before each further attempt, in milliseconds. */
const AGAIN = [400, 1500]

/** The JSON at a path of the server. Rejects with a Failure, or with an AbortError where the signal says so. */
export async function getJSON<T>(path: string, signal: AbortSignal, waits: readonly number[] = AGAIN): Promise<T> {
  try {
    return await once<T>(path, signal)
  } catch (error) {
    const [wait, ...later] = waits
    if (signal.aborted || !(error instanceof Failure) || !passing(error) || wait === undefined) throw error
    await new Promise((resolve) => setTimeout(resolve, wait))
    signal.throwIfAborted()
    return getJSON<T>(path, signal, later)
  }
}

async function once<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { signal, headers: { Accept: 'application/geo+json, application/json' } })
  } catch (error) {
    if (signal.aborted) throw error
    throw new Failure(0, error instanceof Error ? error.message : String(error))
  }
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string }
  throw new Failure(response.status, problem.detail ?? `the server answered ${response.status}`)
}
