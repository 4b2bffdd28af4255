// What follows the reader's language beside the parts of the page: the texts that are loaded, and the document itself.
import { effect, signal } from '@preact/signals'
import { attributeOf } from '../locale'
import { loadTexts, say, spoken } from '../text'
import { lang } from './store'

/** Why the texts of the chosen language are not there; null where they are, or are awaited. */
export const textsFailure = signal<string | null>(null)

/** What the open card is about, for the document's title. */
export const heading = signal<string | null>(null)

async function load(): Promise<void> {
  const wanted = lang.peek()
  textsFailure.value = null
  try {
    await loadTexts(wanted)
  } catch (error) {
    if (lang.peek() === wanted) textsFailure.value = error instanceof Error ? error.message : String(error)
  }
}

/** The page's title: the operator's, which has no language, or the program's own. */
export function siteTitle(operators: string, language: string): { readonly text: string; readonly lang: string } {
  return operators === say('en', 'title') ? { text: say(language, 'title'), lang: attributeOf(spoken(language)) } : { text: operators, lang: '' }
}

/** Keeps texts, the document's language and its title at the choice. Resolves once the first texts are there, or have failed. */
export async function followLanguage(title: string): Promise<void> {
  let first: Promise<void> = Promise.resolve()
  effect(() => {
    void lang.value
    first = load()
  })
  await first
  effect(() => {
    document.documentElement.lang = attributeOf(spoken(lang.value))
  })
  effect(() => {
    const site = siteTitle(title, lang.value).text
    document.title = heading.value === null ? site : say(lang.value, 'titled', heading.value, site)
  })
}
