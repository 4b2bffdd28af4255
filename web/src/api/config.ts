import type { PageConfig } from './types'

/** The operator's settings, which the server writes into the page. */
export function readConfig(doc: Document): PageConfig {
  const content = doc.querySelector('meta[name=conflictmap]')?.getAttribute('content')
  if (!content) return { title: doc.title, version: 'dev', base_map: null }
  return JSON.parse(content) as PageConfig
}
