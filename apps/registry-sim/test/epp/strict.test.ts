import { afterEach, describe, expect, test } from 'vitest'
import { openSchemas } from '../../src/open-schemas.ts'
import { codeOf, createXml, logIn, objectXml, pollXml } from '../support/epp-client.ts'
import { sharedData } from '../support/shared-data.ts'
import { startTestbed, type Testbed } from '../support/testbed.ts'

const folder = sharedData('xsd')
const title = folder
  ? 'a strict registry'
  : 'a strict registry (SKIPPED: the folder shared/data/xsd is not beside this checkout)'

let testbed: Testbed | undefined
afterEach(() => testbed?.stop())

/** The simulator itself does not look at a roid there; the schema knows its form. */
const loose = createXml('kawa.pl').replace('<d:pw>', '<d:pw roid="not-a-roid-of-any-kind">')

describe.skipIf(!folder)(title, () => {
  test('refuses a document that the published schemas refuse, says why, does nothing and counts it', async () => {
    testbed = await startTestbed({ rivals: [] }, { schemasFolder: folder })
    const client = await logIn(testbed.registry)
    const refused = await client.send(loose)
    expect(codeOf(refused)).toBe(2001)
    expect(refused).toContain('roid')
    expect(codeOf(await client.send(createXml('kawa.pl')))).toBe(1000)
    expect((await testbed.violations()).invalid).toBe(1)
  })

  test.each([
    ['a namespace that is no URI', pollXml.replace('<poll ', '<poll xmlns:x="%%%" ')],
    ['an xml:id that is none', pollXml.replace('<poll ', '<poll xml:id="1" ')],
    ['a control character of XML 1.1', pollXml.replace('="1.0"', '="1.1"').replace('test-', 'test&#1;')],
    ['XML that is not well-formed', '<epp'],
    ['no XML', 'hello there'],
  ])('answers %s with 2001 and goes on', async (_, xml) => {
    testbed = await startTestbed({ rivals: [] }, { schemasFolder: folder })
    const client = await logIn(testbed.registry)
    expect(codeOf(await client.send(xml))).toBe(2001)
    expect(codeOf(await client.send(pollXml))).toBe(1300)
  })

  test('however many strict registries there are, each knows the schemas', async () => {
    const validators = await Promise.all(Array.from({ length: 30 }, () => openSchemas(folder ?? '')))
    expect(validators.map((validate) => validate(Buffer.from(pollXml)))).toEqual(
      validators.map(() => undefined),
    )
  })

  test('takes valid documents as ever', async () => {
    testbed = await startTestbed({ rivals: [] }, { schemasFolder: folder })
    const client = await logIn(testbed.registry)
    expect(codeOf(await client.send(pollXml))).toBe(1300)
    expect(codeOf(await client.send(objectXml('info', '<d:name>kawa.pl</d:name>')))).toBe(2303)
  })

  test('is no default: without the folder the same document passes', async () => {
    testbed = await startTestbed({ rivals: [] })
    const client = await logIn(testbed.registry)
    expect(codeOf(await client.send(loose))).toBe(1000)
  })
})

test('a folder without the schemas is refused when the simulator starts', async () => {
  await expect(openSchemas('/nowhere')).rejects.toThrow('is missing')
})
