import { pictures } from '@droplock/infra/screenshots/pictures'
import { expect, test } from 'vitest'
import { findViolations } from './support/check-accessibility.ts'
import { consoleOfFile } from './support/console.ts'

// Every picture of `npm run screenshots`, in its order: some of them change what later ones show.

const session = consoleOfFile()

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
