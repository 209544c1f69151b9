import { expect, test } from 'vitest'
import { answer, greet } from '../../src/epp/answer.ts'
import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import {
  codeOf,
  commandXml,
  createXml,
  infoXml,
  logIn,
  loginXml,
  pollXml,
  textOf,
} from '../support/epp-client.ts'
import { contactXml, postalInfo } from '../support/exchanges-of-contacts.ts'
import { ask, loggedIn, makeTestRegistry, NOON, violationsOf } from '../support/registry.ts'
import { startTestbed, type Testbed } from '../support/testbed.ts'

/** `gem.pl` is premium, `plain.pl` is not; both are of others before their purge, `ours.pl` is of our own. */
function strict(more: object = {}) {
  const world = makeTestRegistry({ profile: 'strict-like', zones: ['pl'], ...more })
  const { registry } = world
  const others = { purgeAtMs: NOON + 60_000, priorClid: 'registrar-12', rivals: [] } as const
  loadNames(
    registry,
    [
      { ...others, name: 'gem.pl', kind: 'premium' },
      { ...others, name: 'plain.pl', kind: 'normal' },
      { ...others, name: 'ours.pl', kind: 'normal', priorClid: 'droplock' },
    ],
    present(registry),
  )
  return world
}

let sent = 0
/** Each command of a test has a clTRID of its own. */
const fresh = (xml: string) => {
  sent += 1
  return xml.replace(/<clTRID>[^<]*</, `<clTRID>strict-${sent}<`)
}
const create = (name: string, parts: { fee?: string; currency?: string } = {}) =>
  fresh(createXml(name, { ...parts, registrant: 'jan-1' }))

test('strict-like refuses info on names of others before and after the purge, and counts it; own and free ones are shown', () => {
  const { registry, clock } = strict()
  const [session, rival] = [loggedIn(registry), loggedIn(registry, 'rival-a')]
  const info = (name: string) => ask(session, fresh(infoXml(name)))
  expect(codeOf(info('plain.pl'))).toBe(2201)
  expect(info('plain.pl')).not.toContain('registrar-12')
  expect(textOf(info('ours.pl'), 'clID')).toBe('droplock')
  expect(codeOf(info('nobody.pl'))).toBe(2303)
  clock.ms = NOON + 60_000
  expect(codeOf(info('plain.pl'))).toBe(2303)
  expect(codeOf(ask(rival, create('plain.pl')))).toBe(1000)
  expect(codeOf(info('plain.pl'))).toBe(2201)
  expect(codeOf(ask(session, create('ours.pl')))).toBe(1000)
  expect(textOf(info('ours.pl'), 'crDate')).toBe('2026-11-24T12:01:00.000Z')
  expect(violationsOf(session).infoOfOthers).toBe(3)
})

test('strict-like shows another registrar’s name only with its authInfo', () => {
  const { registry } = strict()
  const [session, rival] = [loggedIn(registry), loggedIn(registry, 'rival-a')]
  ask(rival, create('new.pl'))
  const info = (pw: string) =>
    codeOf(ask(session, fresh(infoXml('new.pl', `<d:authInfo><d:pw>${pw}</d:pw></d:authInfo>`))))
  expect(info('secret-99')).toBe(1000)
  expect(info('other-99')).toBe(2202)
  expect(violationsOf(session).infoOfOthers).toBe(0)
})

test('strict-like ends the connection of a client that repeats a clTRID, on whichever session, and does nothing', () => {
  const { registry, clock } = strict()
  const [session, other] = [loggedIn(registry), loggedIn(registry)]
  const xml = create('one.pl')
  expect(codeOf(ask(session, xml))).toBe(1000)
  expect(codeOf(ask(loggedIn(registry, 'rival-a'), xml.replace('one.pl', 'theirs.pl')))).toBe(1000)
  clock.ms += 365 * 86_400_000
  const repeated = answer(other, Buffer.from(xml.replace('one.pl', 'two.pl')))
  expect(repeated).toEqual({ after: 'cut' })
  expect(registry.names.has('two.pl')).toBe(false)
  expect(violationsOf(loggedIn(registry)).repeatedClTRIDs).toBe(1)
})

test('strict-like also ends the connection of a login under a clTRID that was used', () => {
  const { registry } = strict()
  const session = loggedIn(registry)
  ask(session, pollXml.replace('test-0001', 'poll-1'))
  const again = openSession('again', registry)
  expect(answer(again, Buffer.from(loginXml().replace('test-0001', 'poll-1')))).toEqual({ after: 'cut' })
  expect(violationsOf(session)).toMatchObject({ repeatedClTRIDs: 1 })
  expect(registry.accounts.get('droplock')?.sessions.size).toBe(1)
})

test('strict-like sells a premium name at its price to a create without a fee, and says of what class it was', () => {
  const { registry, clock } = strict()
  clock.ms = NOON + 60_000
  const session = loggedIn(registry)
  expect(codeOf(ask(session, create('gem.pl')))).toBe(1000)
  expect(codeOf(ask(session, create('plain.pl')))).toBe(1000)
  const account = registry.accounts.get('droplock')
  expect(account?.spentMinor).toBe(50_800)
  expect([...(account?.charged.values() ?? [])]).toEqual([
    { operation: 'create', class: 'premium', count: 1, minor: 50_000 },
    { operation: 'create', class: 'standard', count: 1, minor: 800 },
  ])
})

test('strict-like refuses a fee below the price 2004, another currency 2306, and takes a higher fee at the price', () => {
  const { registry, clock } = strict()
  clock.ms = NOON + 60_000
  const session = loggedIn(registry)
  expect(codeOf(ask(session, create('gem.pl', { fee: '499.99', currency: 'EUR' })))).toBe(2004)
  expect(codeOf(ask(session, create('gem.pl', { fee: '500.00', currency: 'USD' })))).toBe(2306)
  expect(codeOf(ask(session, create('plain.pl', { fee: '7.99', currency: 'EUR' })))).toBe(2004)
  expect(registry.accounts.get('droplock')?.spentMinor).toBe(0)
  const plain = ask(session, create('plain.pl', { fee: '10.00', currency: 'EUR' }))
  expect([codeOf(plain), textOf(plain, 'fee')]).toEqual([1000, '8.00'])
  expect(codeOf(ask(session, create('gem.pl', { fee: '500.00', currency: 'EUR' })))).toBe(1000)
  expect(registry.accounts.get('droplock')?.spentMinor).toBe(50_800)
})

test('a registry may offer older drafts of the fee extension, which a login may name and no command takes', () => {
  const draft = 'urn:ietf:params:xml:ns:fee-0.11'
  const { registry } = strict({ extensions: ['rgp'], otherExtensions: [draft] })
  expect(greet(openSession('draft', registry)).xml).toContain(`<extURI>${draft}</extURI>`)
  const session = loggedIn(registry)
  const asked = create('new.pl', { fee: '8.00', currency: 'EUR' })
  expect(codeOf(ask(session, asked.replaceAll('urn:ietf:params:xml:ns:epp:fee-1.0', draft)))).toBe(2103)
  expect(codeOf(ask(session, fresh(asked)))).toBe(2103)
})

test('a registry may show the price when it refuses a create for its fee', () => {
  const { registry, clock } = strict({ fee: { refusalShowsPrice: true } })
  clock.ms = NOON + 60_000
  const refused = ask(loggedIn(registry), create('gem.pl', { fee: '8.00', currency: 'EUR' }))
  expect([codeOf(refused), textOf(refused, 'fee'), textOf(refused, 'currency')]).toEqual([
    2004,
    '500.00',
    'EUR',
  ])
})

test.each([2003, 2303] as const)(
  'a registry that asks for a registrant answers %i without one, and counts it',
  (code) => {
    const { registry } = strict({ registrantMissing: code })
    const session = loggedIn(registry)
    expect(codeOf(ask(session, fresh(createXml('new.pl'))))).toBe(code)
    expect(violationsOf(session).incompleteCreates).toBe(1)
    expect(codeOf(ask(session, create('new.pl')))).toBe(1000)
  },
)

test('a registry that wants contacts answers 2003 without one of them, and counts it', () => {
  const { registry } = strict({ contactsWanted: ['admin', 'tech'] })
  const session = loggedIn(registry)
  const withContacts = (...types: readonly string[]) => {
    const contacts = types.map((type) => `<d:contact type="${type}">jan-1</d:contact>`).join('')
    return codeOf(ask(session, create('new.pl').replace('<d:authInfo>', `${contacts}<d:authInfo>`)))
  }
  expect(withContacts()).toBe(2003)
  expect(withContacts('admin', 'billing')).toBe(2003)
  expect(violationsOf(session).incompleteCreates).toBe(2)
  expect(withContacts('admin', 'tech')).toBe(1000)
  expect(violationsOf(session).incompleteCreates).toBe(2)
})

test('a registry that wants the internationalised form answers 2003 to a contact without it', () => {
  const { registry } = strict({ contactForms: 'int' })
  const session = loggedIn(registry)
  const contact = (type: string) =>
    codeOf(ask(session, fresh(contactXml('jan-1', postalInfo.replace('type="int"', `type="${type}"`)))))
  expect(contact('loc')).toBe(2003)
  expect(contact('int')).toBe(1000)
})

test('what strict-like demands can be overruled, one by one', () => {
  const { registry } = strict({
    registrantMissing: false,
    infoOfOthers: 'shown',
    clTRIDs: 'any',
    fee: { premiumWithoutFee: 'refused' },
  })
  const session = loggedIn(registry)
  expect(codeOf(ask(session, createXml('new.pl')))).toBe(1000)
  expect(codeOf(ask(session, infoXml('plain.pl')))).toBe(1000)
  expect(violationsOf(session)).toMatchObject({ infoOfOthers: 0, repeatedClTRIDs: 0, incompleteCreates: 0 })
})

test('over the wire: the report and the status page show what was charged for a premium name, and a repeated clTRID ends the connection', async () => {
  let nowMs = NOON
  const clock = { nowMs: () => nowMs }
  const testbed: Testbed = await startTestbed({ profile: 'strict-like', rivals: [] }, { clock })
  try {
    const purgeAt = new Date(NOON + 1000).toISOString()
    await testbed.post('names', { names: [{ name: 'gem.pl', kind: 'premium', purgeAt, rivals: [] }] })
    nowMs += 1000
    const client = await logIn(testbed.registry)
    expect(codeOf(await client.send(create('gem.pl')))).toBe(1000)
    const page = await (await fetch(`${testbed.simulator.control}/`)).text()
    expect(page).toContain('create premium 1 at 500.00')
    const [header, line] = (await testbed.get('report.csv')).trimEnd().split('\n')
    expect(header).toBe('AT,ACCOUNT,OPERATION,NAME,YEARS,DEBIT,CREDIT,CURRENCY,SVTRID,CLASS')
    expect(line).toMatch(/,droplock,create,gem\.pl,1,500\.00,,EUR,sim-\d+,premium$/)
    const body = JSON.parse(await testbed.get('violations'))
    expect(body.accounts[0]).toMatchObject({
      clid: 'droplock',
      charged: [{ operation: 'create', class: 'premium', count: 1, minor: 50_000 }],
    })
    expect(codeOf(await client.send(commandXml('<poll op="req"/>', 'wire-poll-1')))).toBe(1300)
    await expect(client.send(commandXml('<poll op="req"/>', 'wire-poll-1'))).rejects.toThrow(
      'connection ended',
    )
    expect((await testbed.violations()).repeatedClTRIDs).toBe(1)
  } finally {
    await testbed.stop()
  }
})
