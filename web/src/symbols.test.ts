import { expect, it } from 'vitest'
import { EVENT_TYPES } from './api/types'
import { SYMBOLS } from './symbols'

// The server's pages show the same signs as the map, also in a program that was built without it: they carry this file.
// The colours are those that the page gives to the families.
// `npm test -- -u` writes it.
it('the pages of the data have the signs of the map', async () => {
  const signs = EVENT_TYPES.map((type) => `<symbol id="${type}" viewBox="0 0 24 24"><path fill="var(--${SYMBOLS[type].family})" fill-rule="evenodd" d="${SYMBOLS[type].path}"/></symbol>`)
  await expect(`<svg xmlns="http://www.w3.org/2000/svg">\n${signs.join('\n')}\n</svg>\n`).toMatchFileSnapshot('../../server/html/signs.svg')
})
