import { expect, test } from 'vitest'
import { answer } from '../../src/epp/answer.ts'
import { openSession } from '../../src/epp/session.ts'
import { lockAccount } from '../../src/registry/account.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { registrySchema } from '../../src/registry/settings.ts'
import { codeOf, createXml, infoXml, loginXml, logoutXml, pollXml } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

const account = (limits: object) => [{ clid: 'droplock', password: 'sim-secret-1', limits }]

test('of five logins four are let in, the fifth is answered 2502 and counted, and a logout makes room', () => {
  const { registry } = makeTestRegistry()
  const sessions = Array.from({ length: 4 }, () => loggedIn(registry))
  const fifth = answer(openSession('fifth', registry), Buffer.from(loginXml()))
  expect(codeOf(fifth.xml ?? '')).toBe(2502)
  expect(fifth.after).toBe('end')
  expect(registry.accounts.get('droplock')?.violations.sessions).toBe(1)
  const [first] = sessions
  if (first) expect(codeOf(ask(first, logoutXml))).toBe(1500)
  expect(loggedIn(registry).account?.clid).toBe('droplock')
  expect(registry.accounts.get('droplock')?.used.sessionsPeak).toBe(4)
})

test('the sessions of one account take nothing from another', () => {
  const { registry } = makeTestRegistry()
  for (let count = 0; count < 4; count++) loggedIn(registry)
  expect(loggedIn(registry, 'rival-a').account?.clid).toBe('rival-a')
})

test.each([
  [{}, 2200, 2501],
  [{ loginCode: 2501, sessionCode: 2502 }, 2501, 2502],
] as const)(
  'the sessions of a locked account end at their next command, no login of it is accepted, and both end when it is unlocked',
  (codes, loginCode, sessionCode) => {
    const { registry } = makeTestRegistry()
    const session = loggedIn(registry)
    const ours = registry.accounts.get('droplock')
    if (!ours) throw new Error('no account')
    lockAccount(ours, { loginCode: 2200, sessionCode: 2501, ...codes })
    const next = answer(session, Buffer.from(createXml('a.pl')))
    expect([codeOf(next.xml ?? ''), next.after]).toEqual([sessionCode, 'end'])
    expect(ours.sessions.size).toBe(0)
    expect(codeOf(answer(openSession('again', registry), Buffer.from(loginXml())).xml ?? '')).toBe(loginCode)
    expect(ours.lock?.logins).toBe(1)
    expect(loggedIn(registry, 'rival-a').account?.clid).toBe('rival-a')
    ours.lock = undefined
    expect(loggedIn(registry).account?.clid).toBe('droplock')
    expect(Object.values(ours.violations).every((count) => count === 0)).toBe(true)
  },
)

test('forty commands in a second are answered over all sessions, the next is a counted violation until it slides', () => {
  const { registry, clock } = makeTestRegistry({ overRate: 'retry' })
  const sessions = [loggedIn(registry), loggedIn(registry)]
  const codes: number[] = []
  for (let count = 0; count < 41; count++) {
    const session = sessions[count % 2]
    if (session) codes.push(codeOf(ask(session, pollXml)))
    clock.ms += 10
  }
  expect(codes.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 1300))
  expect(codes[40]).toBe(2400)
  const [session] = sessions
  if (!session) throw new Error('no session')
  clock.ms = NOON + 999
  expect(codeOf(ask(session, pollXml))).toBe(2400)
  clock.ms = NOON + 1000
  expect(codeOf(ask(session, pollXml))).toBe(1300)
  const ours = registry.accounts.get('droplock')
  expect(ours?.violations.rate).toBe(2)
  expect(ours?.used.commandsPerSecondPeak).toBe(40)
})

test.each([
  ['close', 2502, 'end'],
  ['retry', 2400, 'stay'],
  ['cut', undefined, 'cut'],
] as const)(
  'a registry set to %s meets a command over the rate with %s and the connection will %s',
  (overRate, code, after) => {
    const { registry } = makeTestRegistry({ overRate, accounts: account({ commandsPerSecondMax: 1 }) })
    const session = loggedIn(registry)
    ask(session, pollXml)
    const over = answer(session, Buffer.from(pollXml))
    expect(over.after).toBe(after)
    if (code === undefined) expect(over.xml).toBeUndefined()
    else expect(codeOf(over.xml ?? '')).toBe(code)
    expect(registry.accounts.get('droplock')?.sessions.size).toBe(after === 'stay' ? 1 : 0)
  },
)

test('a command over the rate changes nothing: the name stays free', () => {
  const { registry, clock } = makeTestRegistry({
    overRate: 'retry',
    accounts: account({ commandsPerSecondMax: 1 }),
  })
  loadNames(registry, [{ name: 'kawa.pl', kind: 'normal', purgeAtMs: NOON, rivals: [] }], present(registry))
  const session = loggedIn(registry)
  ask(session, pollXml)
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(2400)
  clock.ms += 1000
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(2303)
})

test('malformed documents count against the rate like commands', () => {
  const { registry } = makeTestRegistry({ overRate: 'retry', accounts: account({ commandsPerSecondMax: 2 }) })
  const session = loggedIn(registry)
  expect(['<', '<', '<'].map((xml) => codeOf(ask(session, xml)))).toEqual([2001, 2001, 2400])
})

test('a spent budget of failed creates stops creates, not checks, for 24 hours, and is counted', () => {
  const { registry, clock } = makeTestRegistry({ accounts: account({ failedCreatesPerDayMax: 3 }) })
  loadNames(registry, [{ name: 'kawa.pl', kind: 'unreleased', purgeAtMs: NOON }], present(registry))
  const session = loggedIn(registry)
  for (let count = 0; count < 3; count++) expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(2302)
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(1000)
  expect(codeOf(ask(session, createXml('other.pl')))).toBe(2502)
  expect(registry.accounts.get('droplock')?.violations.failedCreates).toBe(1)
  clock.ms = NOON + 86_400_000
  expect(codeOf(ask(loggedIn(registry), createXml('other.pl')))).toBe(1000)
})

test('successful creates spend none of the budget', () => {
  const { registry } = makeTestRegistry({ accounts: account({ failedCreatesPerDayMax: 1 }) })
  const session = loggedIn(registry)
  const codes = ['a.pl', 'b.pl', 'c.pl'].map((name) => codeOf(ask(session, createXml(name))))
  expect(codes).toEqual([1000, 1000, 1000])
})

test('the third wrong password on a connection is answered 2501 and ends it', () => {
  const { registry } = makeTestRegistry()
  const session = openSession('guesser', registry)
  const wrong = loginXml({ password: 'wrong-one' })
  const codes = [1, 2, 3].map(() => codeOf(ask(session, wrong)))
  expect(codes).toEqual([2200, 2200, 2501])
  expect(registry.accounts.get('droplock')?.violations.login).toBe(3)
})

test('the default limits are 4 sessions and 40 commands a second', () => {
  const settings = registrySchema.parse({ id: 'exact', release: 'exact', zones: ['pl'] })
  expect(settings.accounts.map(({ clid, limits }) => [clid, limits])).toEqual(
    ['droplock', 'rival-a', 'rival-b'].map((clid) => [clid, { sessionsMax: 4, commandsPerSecondMax: 40 }]),
  )
})
