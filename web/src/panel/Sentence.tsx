import { Fragment, type ComponentChildren } from 'preact'
import { pieces, type TextKey } from '../text'

/** A text of ours whose holes are filled with more than text: a link, or words in another language. */
export function Sentence({ language, text, children }: { readonly language: string; readonly text: TextKey; readonly children: ComponentChildren | readonly ComponentChildren[] }) {
  const holes = Array.isArray(children) ? (children as readonly ComponentChildren[]) : [children]
  return <>{pieces(language, text).map((piece, i) => <Fragment key={i}>{typeof piece === 'number' ? holes[piece] : piece}</Fragment>)}</>
}
