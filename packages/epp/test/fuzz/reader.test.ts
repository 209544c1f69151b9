import { expect, test } from 'vitest'
import { fee1 } from '../../src/extensions/fee.ts'
import { readSecurityEvents } from '../../src/extensions/login-sec.ts'
import { CONTACT_URI, DOMAIN_URI, HOST_URI } from '../../src/namespaces.ts'
import { redactXml } from '../../src/redact.ts'
import { readContactInfo, readMadeContact } from '../../src/responses/contact.ts'
import { readCreated, readDomainInfo, readRenewed } from '../../src/responses/domain.ts'
import { readHostInfo, readMadeHost } from '../../src/responses/host.ts'
import { readPolled } from '../../src/responses/polled.ts'
import { type EppResponse, readChecked, readMessage } from '../../src/responses/response.ts'
import { readXml, XmlError } from '../../src/xml.ts'
import { CORPUS_NOTE, Dice, damaged, GOOD } from './corpus.ts'

const DOCUMENTS = 60_000

const READERS: readonly ((response: EppResponse, xml: Buffer) => unknown)[] = [
  (response) => readChecked(response, DOMAIN_URI),
  (response) => readChecked(response, CONTACT_URI),
  (response) => readChecked(response, HOST_URI),
  (response) => readCreated(response),
  (response) => readRenewed(response),
  readDomainInfo,
  readMadeContact,
  readContactInfo,
  readMadeHost,
  readHostInfo,
  readPolled,
  readSecurityEvents,
  fee1.readQuotes,
  fee1.readCharged,
]

/** Whether the document was read; if so, by every reader. Rethrows everything but `XmlError`. */
function look(octets: Buffer): boolean {
  redactXml(octets.toString('utf8'))
  try {
    const message = readMessage(octets)
    if (message.kind === 'response') for (const read of READERS) read(message.response, octets)
    return true
  } catch (error) {
    if (error instanceof XmlError) return false
    throw error
  }
}

test(`of ${DOCUMENTS} damaged documents each is read or refused, and memory stays${CORPUS_NOTE}`, () => {
  const dice = new Dice(5_730)
  const before = process.memoryUsage().heapUsed
  let read = 0
  for (let round = 0; round < DOCUMENTS; round += 1) read += look(damaged(dice)) ? 1 : 0
  expect(read).toBeGreaterThan(DOCUMENTS / 50)
  expect(read).toBeLessThan(DOCUMENTS)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(256 * 1_048_576)
})

/** As large as a frame may be. */
const fill = (text: string) => text.repeat(Math.floor(1_000_000 / text.length))

test.each([
  ['elements side by side', `<epp>${fill('<a/>')}</epp>`],
  ['elements in each other', fill('<a>')],
  ['attributes', `<epp ${Array.from({ length: 90_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`],
  [
    'namespaces',
    `<epp ${Array.from({ length: 30_000 }, (_, index) => `xmlns:a${index}="urn:${index}"`).join(' ')}/>`,
  ],
  ['one attribute', `<epp a="${fill('x')}"/>`],
  ['one name', `<${fill('x')}/>`],
  ['white space', fill(' ')],
  ['ampersands', fill('&')],
  ['character references', `<epp>${fill('&#65;')}</epp>`],
  ['references to nothing', `<epp>${fill('&a;')}</epp>`],
  ['a comment', `<epp><!--${fill('-x')}--></epp>`],
  ['comments that never end', `<epp>${fill('<!--')}`],
  ['CDATA', `<epp>${fill('<![CDATA[x]]>')}</epp>`],
  ['processing instructions', `<epp>${fill('<?a b?>')}</epp>`],
  ['a DOCTYPE with ten generations', `<!DOCTYPE a [${fill('<!ENTITY b "&a;&a;">')}]><a>&b;</a>`],
  ['secrets that never end', `<epp>${fill('<pw>')}`],
])('a megabyte of %s is read or refused', (_, text) => {
  expect(() => look(Buffer.from(text, 'utf8'))).not.toThrow()
})

test('no refusal quotes more than a short part of the document', () => {
  for (const text of [`<${fill('x')}>`, `<a>&${fill('x')};</a>`, `<a xmlns:p="u"><${fill('q')}:b/></a>`]) {
    try {
      readXml(Buffer.from(text, 'utf8'))
    } catch (error) {
      expect(String(error).length).toBeLessThan(400)
    }
  }
  for (const good of GOOD) expect(look(Buffer.from(good, 'utf8'))).toBe(true)
})
