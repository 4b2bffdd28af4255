import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { timeFrame } from '../state/answers'
import { lang } from '../state/store'
import { isCloser, looked } from '../state/time'
import { say } from '../text'
import { Chart } from './Chart'
import { Controls } from './Controls'
import { intervalFor } from './histogram'
import { askedFor } from './looking'

/** Time, the map's equal: every event as a tick (known to the day) or a bar, and the range to choose on it. */
export function Timeline() {
  const box = useRef<HTMLDivElement>(null)
  const size = useSignal({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const el = box.current
    if (!el) return
    const observer = new ResizeObserver(() => (size.value = { width: el.clientWidth, height: el.clientHeight }))
    observer.observe(el)
    return () => observer.disconnect()
  }, [size])
  const [span, closer] = [looked.value, isCloser.value]
  const { width, height } = size.value
  useEffect(() => {
    timeFrame.value = closer && span ? askedFor(span, intervalFor(span, width), timeFrame.peek()) : null
  }, [span, closer, width])
  return (
    <section class="timeline" aria-label={say(lang.value, 'timeline')}>
      <Controls />
      <div class="timeline-box" ref={box}>
        {span && width > 0 && <Chart span={span} width={width} height={height} />}
      </div>
    </section>
  )
}
