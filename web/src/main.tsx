import { effect } from '@preact/signals'
import { render } from 'preact'
import { readConfig } from './api/config'
import { createMap } from './map/map'
import { App, baseMapFailure } from './panel/App'
import { followLanguage } from './state/language'
import { followURL, theme } from './state/store'
import './style/colours.css'
import './style/page.css'
import './style/map.css'
import './style/timeline.css'
import './style/panel.css'

const config = readConfig(document)
followURL()
effect(() => {
  document.documentElement.dataset['theme'] = theme.value
})
const mountMap = (el: HTMLElement): void => {
  createMap(el, config).catch((error: unknown) => {
    baseMapFailure.value = error instanceof Error ? error.message : String(error)
  })
}

const root = document.getElementById('app')
if (root) void followLanguage(config.title).then(() => render(<App config={config} mountMap={mountMap} />, root))
