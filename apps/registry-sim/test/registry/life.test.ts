import { expect, test } from 'vitest'
import { writeReport } from '../../src/registry/money.ts'
import { allTruth } from '../../src/registry/truth.ts'
import {
  CONTACT,
  codeOf,
  createXml,
  HOST,
  infoXml,
  objectXml,
  otherXml,
  RGP,
  textOf,
} from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

const DAY_MS = 86_400_000
const name = '<d:name>kawa.pl</d:name>'
const renewXml = (curExpDate: string) =>
  objectXml('renew', `${name}<d:curExpDate>${curExpDate}</d:curExpDate><d:period unit="y">2</d:period>`)
const deleteXml = objectXml('delete', name)
const restoreXml = objectXml(
  'update',
  name,
  `<extension><r:update xmlns:r="${RGP}"><r:restore op="request"/></r:update></extension>`,
)

function registered() {
  const world = makeTestRegistry({ rivals: [] })
  const session = loggedIn(world.registry)
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(1000)
  return { ...world, session }
}

test('a renewal moves exDate and is not done twice by a repeated command', () => {
  const { session } = registered()
  const renewed = ask(session, renewXml('2027-11-24'))
  expect(textOf(renewed, 'exDate')).toBe('2029-11-24T12:00:00.000Z')
  expect(codeOf(ask(session, renewXml('2027-11-24')))).toBe(2004)
  expect(textOf(ask(session, infoXml('kawa.pl')), 'exDate')).toBe('2029-11-24T12:00:00.000Z')
})

test('a delete in the add period frees the name at once and gives the fee back', () => {
  const { registry, session } = registered()
  expect(codeOf(ask(session, deleteXml))).toBe(1000)
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(2303)
  expect(registry.accounts.get('droplock')?.spentMinor).toBe(0)
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(1000)
})

test('a later delete goes by redemption and pendingDelete to the purge, 35 days on', () => {
  const { clock, session, registry } = registered()
  clock.ms = NOON + 6 * DAY_MS
  expect(codeOf(ask(session, deleteXml))).toBe(1001)
  expect(ask(session, infoXml('kawa.pl'))).toContain('<rgp:rgpStatus s="redemptionPeriod"/>')
  expect(codeOf(ask(session, renewXml('2027-11-24')))).toBe(2304)
  clock.ms += 31 * DAY_MS
  expect(ask(session, infoXml('kawa.pl'))).toContain('<rgp:rgpStatus s="pendingDelete"/>')
  expect(codeOf(ask(session, restoreXml))).toBe(2304)
  clock.ms = NOON + 41 * DAY_MS
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(2303)
  expect([...allTruth(registry)].map(({ stage }) => stage)).toEqual(['registered', 'free'])
})

test('a restore within redemption takes the name back, for a fee, and no purge follows', () => {
  const { registry, clock, session } = registered()
  clock.ms = NOON + 6 * DAY_MS
  ask(session, deleteXml)
  clock.ms += 29 * DAY_MS
  expect(codeOf(ask(session, restoreXml))).toBe(1000)
  clock.ms += 60 * DAY_MS
  expect(ask(session, infoXml('kawa.pl'))).toContain('<domain:status s="ok"/>')
  expect([...writeReport(registry, 'droplock')].map((line) => line.split(',')[2])).toEqual([
    'OPERATION',
    'create',
    'restore',
  ])
})

test('the account report has every debit and credit of the account, and sums to what it spent', () => {
  const { registry, session } = registered()
  ask(session, renewXml('2027-11-24'))
  ask(session, createXml('mleko.pl'))
  ask(session, objectXml('delete', '<d:name>mleko.pl</d:name>'))
  ask(session, createXml('kawa.pl'))
  ask(loggedIn(registry, 'rival-a'), createXml('cukier.pl'))
  const rows = [...writeReport(registry, 'droplock')].map((line) => line.trimEnd().split(','))
  expect(rows.map((row) => row.slice(1, 8))).toEqual([
    ['ACCOUNT', 'OPERATION', 'NAME', 'YEARS', 'DEBIT', 'CREDIT', 'CURRENCY'],
    ['droplock', 'create', 'kawa.pl', '1', '8.00', '', 'USD'],
    ['droplock', 'renew', 'kawa.pl', '2', '16.00', '', 'USD'],
    ['droplock', 'create', 'mleko.pl', '1', '8.00', '', 'USD'],
    ['droplock', 'delete_in_add_period', 'mleko.pl', '1', '', '8.00', 'USD'],
  ])
  expect(registry.accounts.get('droplock')?.spentMinor).toBe(2400)
})

test('a contact is shown as created and changed, only to its sponsor or with its authInfo', () => {
  const { registry, session } = registered()
  const address =
    '<o:addr><o:street>1 Main St</o:street><o:city>Gdańsk</o:city><o:pc>80-001</o:pc><o:cc>pl</o:cc></o:addr>'
  const create =
    `<o:id>jan-1</o:id><o:postalInfo type="loc"><o:name>Jan &lt;Kawa&gt;</o:name>${address}</o:postalInfo>` +
    '<o:voice x="7">+48.581234567</o:voice><o:email>jan@kawa.pl</o:email><o:authInfo><o:pw>secret-99</o:pw></o:authInfo>'
  ask(session, otherXml(CONTACT, 'create', create))
  ask(
    session,
    otherXml(CONTACT, 'update', '<o:id>jan-1</o:id><o:chg><o:email>biuro@kawa.pl</o:email></o:chg>'),
  )
  const info = ask(session, otherXml(CONTACT, 'info', '<o:id>jan-1</o:id>'))
  expect(info).toContain('<contact:name>Jan &lt;Kawa&gt;</contact:name>')
  expect(info).toContain('<contact:city>Gdańsk</contact:city>')
  expect(info).toContain('<contact:cc>PL</contact:cc>')
  expect(info).toContain('<contact:voice x="7">+48.581234567</contact:voice>')
  expect(info).toContain('<contact:email>biuro@kawa.pl</contact:email>')
  const rival = loggedIn(registry, 'rival-a')
  const asked = (inside: string) =>
    codeOf(ask(rival, otherXml(CONTACT, 'info', `<o:id>jan-1</o:id>${inside}`)))
  expect(asked('')).toBe(2201)
  expect(asked('<o:authInfo><o:pw>guess-1</o:pw></o:authInfo>')).toBe(2202)
  expect(asked('<o:authInfo><o:pw>secret-99</o:pw></o:authInfo>')).toBe(1000)
})

test('a linked contact or host is not deleted, and is when nothing links to it any more', () => {
  const { session } = registered()
  const ns = '<d:ns><d:hostObj>ns1.kawa.pl</d:hostObj></d:ns>'
  const host = '<o:name>ns1.kawa.pl</o:name>'
  ask(session, otherXml(HOST, 'create', `${host}<o:addr>192.0.2.1</o:addr>`))
  ask(session, objectXml('update', `${name}<d:add>${ns}</d:add>`))
  expect(ask(session, otherXml(HOST, 'info', host))).toContain('<host:status s="linked"/>')
  expect(codeOf(ask(session, otherXml(HOST, 'delete', host)))).toBe(2305)
  ask(session, objectXml('update', `${name}<d:rem>${ns}</d:rem>`))
  expect(codeOf(ask(session, otherXml(HOST, 'delete', host)))).toBe(1000)
  expect(codeOf(ask(session, otherXml(HOST, 'info', host)))).toBe(2303)
})

test('the authInfo of a domain is shown only to its sponsor', () => {
  const { registry, session } = registered()
  expect(ask(session, infoXml('kawa.pl'))).toContain('<domain:pw>secret-99</domain:pw>')
  expect(ask(loggedIn(registry, 'rival-a'), infoXml('kawa.pl'))).not.toContain('secret-99')
})
