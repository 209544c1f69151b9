import { isResultCode } from '@droplock/rules/drop/result-codes'
import { describe, expect, test } from 'vitest'
import { DOMAIN_URI } from '../src/namespaces.ts'
import { readInstant } from '../src/responses/date.ts'
import { readCreated, readDomainInfo } from '../src/responses/domain.ts'
import { type EppResponse, type Message, readChecked, readMessage } from '../src/responses/response.ts'
import { response as wrap } from './support/answers.ts'
import { NO_SHARED, serverExamples } from './support/shared.ts'

const read = (xml: string): Message => readMessage(Buffer.from(xml, 'utf8'))

function responseOf(xml: string): EppResponse {
  const message = read(xml)
  if (message.kind !== 'response') throw new Error('not a response')
  return message.response
}

const examples = ['rfc5730', 'rfc5731', 'rfc5732', 'rfc5733', 'rfc3915'].flatMap(serverExamples)

describe.skipIf(examples.length === 0)(examples.length > 0 ? 'examples of the RFCs' : NO_SHARED, () => {
  const responses = examples
    .map(read)
    .flatMap((message) => (message.kind === 'response' ? message.response : []))
  const all = <Data>(reader: (response: EppResponse) => Data | undefined) =>
    responses.flatMap((response) => reader(response) ?? [])

  test('every one is read, each with a known code and an svTRID', () => {
    expect(examples.length).toBeGreaterThan(40)
    for (const { results, svTRID } of responses) {
      expect(isResultCode(results[0].code)).toBe(true)
      expect(svTRID).toMatch(/^\d{5}-\w{3}$/u)
    }
  })

  test('the greeting is read with time, versions, languages and services', () => {
    const greetings = examples
      .map(read)
      .flatMap((message) => (message.kind === 'greeting' ? message.greeting : []))
    expect(greetings[0]).toMatchObject({
      serverName: 'Example EPP server epp.example.com',
      serverDate: { date: new Date('2000-06-08T22:00:00Z'), resolutionMs: 100 },
      versions: ['1.0'],
      langs: ['en', 'fr'],
      objects: ['urn:ietf:params:xml:ns:obj1', 'urn:ietf:params:xml:ns:obj2', 'urn:ietf:params:xml:ns:obj3'],
      extensions: ['http://custom/obj1ext-1.0'],
    })
  })

  test('creData, infData and chkData are read with the printed values', () => {
    const dates = { crDate: new Date('1999-04-03T22:00:00Z'), exDate: new Date('2001-04-03T22:00:00Z') }
    expect(all(readCreated)[0]).toEqual({ name: 'example.com', ...dates })
    expect(
      all(readDomainInfo).map(({ clID, statuses, rgpStatuses }) => [clID, statuses, rgpStatuses]),
    ).toEqual([
      ['ClientX', ['ok'], []],
      ['ClientX', [], []],
      ['ClientX', ['ok'], ['addPeriod']],
      ['ClientX', ['pendingDelete'], ['redemptionPeriod']],
    ])
    expect(all(readDomainInfo)[1]).toEqual({
      name: 'example.com',
      roid: 'EXAMPLE1-REP',
      clID: 'ClientX',
      statuses: [],
      rgpStatuses: [],
    })
    expect(all(readDomainInfo)[0]?.subordinateHosts).toEqual(['ns1.example.com', 'ns2.example.com'])
    expect(all((response) => readChecked(response, DOMAIN_URI))).toEqual(
      expect.arrayContaining([
        { name: 'example.com', available: true },
        { name: 'example.net', available: false, reason: 'In use' },
      ]),
    )
  })

  test('waiting messages are read in any answer', () => {
    expect(responses.flatMap(({ queue }) => queue ?? [])).toContainEqual({ count: 5, id: '12345' })
  })
})

const OK = '<result code="1000"><msg>ok</msg></result>'

test.each([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])('avail="%s" is %s', (avail, available) => {
  const data = `<resData><d:chkData xmlns:d="urn:ietf:params:xml:ns:domain-1.0"><d:cd><d:name avail="${avail}">B.pl</d:name></d:cd></d:chkData></resData>`
  expect(readChecked(responseOf(wrap(OK + data)), DOMAIN_URI)).toEqual([{ name: 'b.pl', available }])
})

test.each([
  ['2026-11-24T14:00:00Z', '2026-11-24T14:00:00.000Z', 1000],
  ['2026-11-24T14:00:00.5Z', '2026-11-24T14:00:00.500Z', 100],
  ['2026-11-24T14:00:00.123999Z', '2026-11-24T14:00:00.123Z', 1],
  ['2026-11-24T16:00:00.0+02:00', '2026-11-24T14:00:00.000Z', 100],
  ['2026-11-24T14:00:00', '2026-11-24T14:00:00.000Z', 1000],
])('the date %s is %s', (text, iso, resolutionMs) => {
  expect(readInstant(text)).toEqual({ date: new Date(iso), resolutionMs })
})

test.each(['', '2026-11-24', 'yesterday', '2026-13-24T14:00:00Z'])('"%s" is no date', (text) => {
  expect(readInstant(text)).toBeUndefined()
})

test('a success without readable data is an answer without data', () => {
  const data =
    '<resData><d:creData xmlns:d="urn:ietf:params:xml:ns:domain-1.0"><d:name>a.pl</d:name><d:crDate>soon</d:crDate></d:creData></resData>'
  expect(readCreated(responseOf(wrap(OK + data)))).toBeUndefined()
  expect(readDomainInfo(responseOf(wrap(OK)))).toBeUndefined()
})

test('a response without trID is read, with an empty svTRID', () => {
  expect(responseOf(wrap(OK))).toMatchObject({ svTRID: '' })
})

test('several results are kept in order, without the values that they quote', () => {
  const failure =
    '<result code="2004"><msg>a</msg><extValue><value><pw>hush-hush</pw></value><reason>too long</reason></extValue></result><result code="2306"><msg>b</msg></result>'
  const { results } = responseOf(wrap(failure))
  expect(results).toEqual([
    { code: 2004, message: 'a', reasons: ['too long'] },
    { code: 2306, message: 'b', reasons: [] },
  ])
  expect(JSON.stringify(results)).not.toContain('hush-hush')
})

test.each(['', '999', '3000', 'abcd', '10000'])('the result code "%s" is refused', (code) => {
  expect(() => read(wrap(`<result code="${code}"><msg>x</msg></result>`))).toThrow('no result code')
})
