import { useEffect } from 'preact/hooks'
import { heading } from '../state/language'

/** Names what the card is about in the document's title, while the card stands. */
export function useHeading(text: string | null): void {
  useEffect(() => {
    heading.value = text
    return () => {
      heading.value = null
    }
  }, [text])
}
