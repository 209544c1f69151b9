import { pictures } from '@droplock/infra/screenshots/pictures'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findViolations } from './support/check-accessibility.ts'
import { browserOrReason, type Console, openConsole } from './support/console.ts'

// Every picture of `npm run screenshots`, in its order: some of them change what later ones show.

const browser = await browserOrReason()
let session: Console

beforeAll(async () => {
  if (typeof browser !== 'string') session = await openConsole()
}, 180_000)

beforeEach(({ skip }) => {
  if (typeof browser === 'string') skip(browser)
})

afterAll(async () => {
  if (typeof browser !== 'string') await session.close()
})

test.each(pictures.map((picture) => [picture.name, picture] as const))(
  'axe finds nothing serious on %s, light and dark',
  async (_name, picture) => {
    const found: string[] = []
    const faults = await session.gallery.show(picture, async (page, look) => {
      for (const { rule, elements } of await findViolations(page, look === 'dark' ? 'colours' : 'all'))
        found.push(`${look}: ${rule}: ${elements.join(' | ')}`)
    })
    expect([...found, ...faults], found.join('\n')).toEqual([])
  },
)
