import { afterAll, describe, expect, test } from 'vitest'
import { exchanges } from '../support/exchanges.ts'
import { play } from '../support/play.ts'
import { openSchemas } from '../support/schema.ts'
import { sharedData } from '../support/shared-data.ts'

const folder = sharedData('xsd')
const title = folder
  ? 'published schemas'
  : 'published schemas (SKIPPED: the folder shared/data/xsd is not beside this checkout)'

describe.skipIf(!folder)(title, () => {
  const schemas = folder === undefined ? undefined : openSchemas(folder)
  afterAll(() => schemas?.dispose())

  test.each(exchanges)('the answer to $means ($as) is valid', (exchange) => {
    expect(schemas?.complaints(play(exchange))).toEqual([])
  })

  test('the check itself notices a wrong frame', () => {
    const [exchange] = exchanges
    const broken = exchange
      ? play(exchange).replace('<svID>', '<svName>').replace('</svID>', '</svName>')
      : ''
    expect(schemas?.complaints(broken)).toHaveLength(1)
  })
})
