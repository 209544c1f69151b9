import { describe, expect, test } from 'vitest'
import type { Command } from '../src/commands/command.ts'
import { checkContacts } from '../src/commands/contact.ts'
import { checkDomains, deleteDomain, infoDomain, renewDomain, restoreDomain } from '../src/commands/domain.ts'
import { checkHosts, createHost, deleteHost, infoHost } from '../src/commands/host.ts'
import { acknowledgeMessage, logoutXml, pollMessage } from '../src/commands/session.ts'
import { CONTACT_URI, HOST_URI, RGP_URI } from '../src/namespaces.ts'
import { readContactInfo, readMadeContact } from '../src/responses/contact.ts'
import { readRenewed, readRgpStatuses } from '../src/responses/domain.ts'
import { readHostInfo, readMadeHost } from '../src/responses/host.ts'
import { readPendingAction, readPolled, readTransfer } from '../src/responses/polled.ts'
import { type EppResponse, readChecked, readMessage } from '../src/responses/response.ts'
import { dialectOf } from '../src/session/dialect.ts'
import { readXml, tokenOf, type XmlElement } from '../src/xml.ts'
import { xmlOf } from './support/frames.ts'
import { clientExamples, NO_SHARED, serverExamples } from './support/shared.ts'

const RFCS = ['rfc5730', 'rfc5731', 'rfc5732', 'rfc5733', 'rfc3915']
const here = serverExamples('rfc5730').length > 0

type Said = { readonly response: EppResponse; readonly xml: Buffer }

function responses(rfc: string): Said[] {
  return serverExamples(rfc).flatMap((text) => {
    const xml = Buffer.from(text, 'utf8')
    const message = readMessage(xml)
    return message.kind === 'response' ? [{ response: message.response, xml }] : []
  })
}

function all<Data>(rfc: string, read: (response: EppResponse, xml: Buffer) => Data | undefined): Data[] {
  return responses(rfc)
    .map(({ response, xml }) => read(response, xml))
    .filter((data) => data !== undefined)
}

describe.skipIf(!here)(here ? 'answers' : NO_SHARED, () => {
  test('a renewal is read with the new expiry', () => {
    expect(all('rfc5731', (response) => readRenewed(response))).toEqual([
      { name: 'example.com', exDate: new Date('2005-04-03T22:00:00Z') },
    ])
  })

  test('answers to host check, create and info are read', () => {
    expect(all('rfc5732', (response) => readChecked(response, HOST_URI))[0]).toEqual([
      { name: 'ns1.example.com', available: true },
      { name: 'ns2.example2.com', available: false, reason: 'In use' },
      { name: 'ns3.example3.com', available: true },
    ])
    expect(all('rfc5732', readMadeHost)[0]).toEqual({
      name: 'ns1.example.com',
      crDate: new Date('1999-04-03T22:00:00Z'),
    })
    expect(all('rfc5732', readHostInfo)).toEqual([
      {
        name: 'ns1.example.com',
        roid: 'NS1_EXAMPLE1-REP',
        clID: 'ClientY',
        statuses: ['linked', 'clientUpdateProhibited'],
        addresses: ['192.0.2.2', '192.0.2.29', '1080::8:800:200c:417a'],
        crDate: new Date('1999-04-03T22:00:00Z'),
      },
    ])
  })

  test('answers to contact check, create and info are read, without authInfo', () => {
    expect(
      all('rfc5733', (response) => readChecked(response, CONTACT_URI))[0]?.map(({ name }) => name),
    ).toEqual(['sh8013', 'sah8013', '8013sah'])
    expect(all('rfc5733', readMadeContact)[0]).toEqual({
      id: 'sh8013',
      crDate: new Date('1999-04-03T22:00:00Z'),
    })
    expect(all('rfc5733', readContactInfo)).toEqual([
      {
        id: 'sh8013',
        roid: 'SH8013-REP',
        clID: 'ClientY',
        statuses: ['linked', 'clientDeleteProhibited'],
        postal: [
          {
            type: 'int',
            name: 'John Doe',
            org: 'Example Inc.',
            street: ['123 Example Dr.', 'Suite 100'],
            city: 'Dulles',
            province: 'VA',
            postalCode: '20166-6503',
            country: 'US',
          },
        ],
        voice: '+1.7035555555x1234',
        fax: '+1.7035555556',
        email: 'jdoe@example.com',
        crDate: new Date('1999-04-03T22:00:00Z'),
      },
    ])
  })
})

describe.skipIf(!here)(here ? 'messages' : NO_SHARED, () => {
  test('the results of pending commands are read for every kind of object', () => {
    const done = { done: true, clTRID: 'ABC-12345', at: new Date('1999-04-04T22:00:00Z') }
    expect(['rfc5731', 'rfc5732', 'rfc5733'].flatMap((rfc) => all(rfc, readPendingAction))).toEqual([
      { object: 'domain', name: 'example.com', svTRID: '54321-XYZ', ...done },
      { object: 'host', name: 'ns1.example.com', svTRID: '54322-XYZ', ...done },
      { object: 'contact', name: 'sh8013', svTRID: '54321-XYZ', ...done },
    ])
  })

  test('transfers are read', () => {
    const transfer = { status: 'pending', requestedBy: 'ClientX', actedBy: 'ClientY' }
    const exDate = new Date('2002-09-08T22:00:00Z')
    expect(all('rfc5731', readTransfer)[0]).toEqual({
      object: 'domain',
      name: 'example.com',
      ...transfer,
      exDate,
    })
    expect(all('rfc5733', readTransfer)[0]).toEqual({ object: 'contact', name: 'sh8013', ...transfer })
  })

  test('answers to poll are read with message, id and date, or without a message', () => {
    const polled = all('rfc5730', readPolled)
    const message = polled.find(({ message: one }) => one?.text === 'Transfer requested.')
    expect(message).toMatchObject({
      waiting: 5,
      message: { id: '12345', queuedAt: new Date('2000-06-08T22:00:00Z'), unhandled: [] },
    })
    expect(message?.message?.evidence).toContain('<obj:trStatus>pending</obj:trStatus>')
    expect(polled.map(({ message: one }) => one?.text)).toContain('Credit balance low.')
    expect(
      all('rfc5730', (response, xml) =>
        response.results[0].code === 1300 ? readPolled(response, xml) : undefined,
      ),
    ).toEqual([{ waiting: 0 }])
  })

  test('a restore is read with the RGP status', () => {
    const statuses = all('rfc3915', readRgpStatuses).filter((each) => each.length > 0)
    expect(statuses).toEqual([['addPeriod'], ['redemptionPeriod'], ['pendingRestore']])
  })

  test('no secret of any example is left in the stored evidence', () => {
    for (const rfc of RFCS) {
      for (const { message } of all(rfc, readPolled)) {
        if (message !== undefined) expect(message.evidence).not.toMatch(/2fooBAR|foo-BAR/u)
      }
    }
  })
})

/** A document in a form that ignores prefixes, white space and transaction ids. */
function meaning({ uri, local, attributes, children, text }: XmlElement): unknown {
  const kept = [...attributes].filter(([name, value]) => !(name === 'hosts' && value === 'all'))
  return {
    element: `${uri} ${local}`,
    attributes: kept.toSorted(),
    ...(children.length === 0 && local !== 'clTRID' && { text: tokenOf(text) }),
    children: children.map(meaning),
  }
}

const normalised = (xml: string) => meaning(readXml(Buffer.from(xml, 'utf8')))
const RGP = dialectOf([RGP_URI])
const frame = (command: Command<unknown>) => xmlOf(command.frame('ABC-12345', RGP))

describe.skipIf(!here)(here ? 'commands' : NO_SHARED, () => {
  test.each<[string, string, string]>([
    ['rfc5730', 'logout', logoutXml('ABC-12345')],
    ['rfc5730', 'poll', frame(pollMessage())],
    ['rfc5730', 'acknowledgement', frame(acknowledgeMessage('12345'))],
    ['rfc5731', 'domain check', frame(checkDomains(['example.com', 'example.net', 'example.org']))],
    ['rfc5731', 'domain info', frame(infoDomain('example.com'))],
    ['rfc5731', 'domain delete', frame(deleteDomain('example.com'))],
    [
      'rfc5731',
      'domain renew',
      frame(renewDomain({ name: 'example.com', currentExDate: new Date('2000-04-03T22:00:00Z'), years: 5 })),
    ],
    ['rfc5732', 'host check', frame(checkHosts(['ns1.example.com', 'ns2.example.com', 'ns3.example.com']))],
    ['rfc5732', 'host info', frame(infoHost('ns1.example.com'))],
    ['rfc5732', 'host delete', frame(deleteHost('ns1.example.com'))],
    [
      'rfc5732',
      'host create',
      frame(createHost('ns1.example.com', ['192.0.2.2', '192.0.2.29', '1080:0:0:0:8:800:200C:417A'])),
    ],
    ['rfc5733', 'contact check', frame(checkContacts(['sh8013', 'sah8013', '8013sah']))],
    ['rfc3915', 'restore request', frame(restoreDomain('example.com'))],
  ])('%s’s own %s says what ours says', (rfc, _, ours) => {
    expect(clientExamples(rfc).map(normalised)).toContainEqual(normalised(ours))
  })
})
