import { expect, test } from 'vitest'
import { answer, greet } from '../../src/epp/answer.ts'
import { noteArrival, openSession, waitMs } from '../../src/epp/session.ts'
import { resolveSettings } from '../../src/profiles.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { profileNames } from '../../src/registry/settings.ts'
import { checkXml, codeOf, createXml, loginXml, pollXml } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON, violationsOf, withProfile } from '../support/registry.ts'

test.each(profileNames)('%s stands by itself, and laying it twice changes nothing', (profile) => {
  const settings = resolveSettings({ id: 'one', zones: ['pl'], profile })
  expect(settings.profile).toBe(profile)
  expect(resolveSettings(settings)).toEqual(settings)
})

test('what a registry is given overrules its profile, figure by figure', () => {
  const settings = resolveSettings({
    id: 'one',
    zones: ['com'],
    profile: 'verisign-like',
    idleMs: 1000,
    pace: { driftMsMax: 7 },
    accounts: [{ clid: 'droplock', password: 'sim-secret-1', limits: { sessionsMax: 2 } }],
  })
  expect(settings).toMatchObject({ release: 'daily', idleMs: 1000, pace: { paceMs: 45, driftMsMax: 7 } })
  expect(settings.accounts[0]?.limits).toMatchObject({ sessionsMax: 2, commandsPerSecondMax: 40 })
})

test.each([
  ['verisign-like', 5],
  ['co-like', 100],
  ['nz-like', 10],
  ['fr-like', 4],
  ['uk-like', 6],
  ['no-like', 9],
  ['ee-like', 4],
  ['nl-like', 6],
  ['dropzone-like', 10],
] as const)('%s lets %i sessions in, answers the next login 2502 and counts it', (profile, sessionsMax) => {
  const { registry, clock } = withProfile(profile)
  clock.ms = Date.parse('2026-11-25T02:10:00Z')
  const sessions = Array.from({ length: sessionsMax }, () => loggedIn(registry))
  const over = ask(openSession('over', registry), loginXml({ extensions: [] }))
  expect(codeOf(over)).toBe(2502)
  expect(violationsOf(sessions[0] ?? loggedIn(registry)).sessions).toBe(1)
})

test('nomulus-like closes the socket without an answer, over the sessions and over the rate', () => {
  const { registry } = withProfile('nomulus-like', { limits: { sessionsMax: 1, commandsPerSecondMax: 2 } })
  const session = loggedIn(registry)
  expect(answer(openSession('over', registry), Buffer.from(loginXml({ extensions: [] })))).toEqual({
    after: 'cut',
  })
  const answers = [1, 2, 3].map(() => answer(session, Buffer.from(pollXml)))
  expect(answers.map(({ after }) => after)).toEqual(['stay', 'stay', 'cut'])
  expect(answers[2]?.xml).toBeUndefined()
  expect(violationsOf(session)).toMatchObject({ sessions: 1, rate: 1 })
})

test('nomulus-like wants the fee of a premium name, in its own currency', () => {
  const { registry, clock } = withProfile('nomulus-like')
  const premium = { name: 'gem.pl', kind: 'premium', tier: 'silver', purgeAtMs: NOON, rivals: [] } as const
  loadNames(registry, [premium], present(registry))
  clock.ms = NOON + 1
  const session = loggedIn(registry)
  expect(codeOf(ask(session, createXml('gem.pl')))).toBe(2003)
  expect(codeOf(ask(session, createXml('gem.pl', { fee: '8.00' })))).toBe(2004)
  const euros = createXml('gem.pl', { fee: '250.00' }).replace('USD', 'EUR')
  expect(codeOf(ask(session, euros))).toBe(2306)
  expect(codeOf(ask(session, createXml('gem.pl', { fee: '250.00' })))).toBe(1000)
})

test('verisign-like cuts a session of 24 hours, and counts it', () => {
  const { registry, clock } = makeTestRegistry({ profile: 'verisign-like', zones: ['com'] })
  const session = loggedIn(registry)
  clock.ms = NOON + 86_399_999
  expect(codeOf(ask(session, pollXml))).toBe(1300)
  clock.ms = NOON + 86_400_000
  expect(answer(session, Buffer.from(pollXml))).toEqual({ after: 'cut' })
  expect(violationsOf(session).sessionLife).toBe(1)
})

test('co-like and fr-like answer a create of a name that exists 2 s late, and a free one at once', () => {
  for (const profile of ['co-like', 'fr-like'] as const) {
    const { registry } = withProfile(profile)
    const session = loggedIn(registry)
    expect(answer(session, Buffer.from(createXml('held.pl'))).delayMs).toBe(2000)
    expect(answer(session, Buffer.from(createXml('free.pl'))).delayMs).toBeUndefined()
  }
})

test('co-like counts a second check of a name within a second, and a check straight after its create', () => {
  const { registry, clock } = withProfile('co-like')
  const session = loggedIn(registry)
  ask(session, checkXml(['a.pl', 'b.pl']))
  clock.ms += 1000
  ask(session, checkXml(['a.pl']))
  expect(violationsOf(session).checks).toBe(0)
  clock.ms += 999
  ask(session, checkXml(['a.pl']))
  expect(violationsOf(session).checks).toBe(1)
  clock.ms += 5000
  ask(session, createXml('held.pl'))
  ask(session, checkXml(['held.pl']))
  expect(violationsOf(session).checks).toBe(2)
})

test('co-like spends its budget of failures on creates and on checks of taken names', () => {
  const { registry } = withProfile('co-like', { limits: { failedCreatesPerDayMax: 3 } })
  const session = loggedIn(registry)
  ask(session, checkXml(['held.pl', 'free.pl']))
  ask(session, createXml('held.pl'))
  ask(session, createXml('held.pl'))
  expect(codeOf(ask(session, createXml('free.pl')))).toBe(2502)
  expect(violationsOf(session).failedCreates).toBe(1)
})

test('fr-like pauses 2 s after a login, which is no violation', () => {
  const { registry, clock } = withProfile('fr-like')
  const session = loggedIn(registry)
  expect(waitMs(session, clock.ms)).toBe(2000)
  noteArrival(session, clock.ms)
  expect(waitMs(session, clock.ms + 2000)).toBe(0)
  expect(violationsOf(session).blocked).toBe(0)
})

test('fr-like answers a third check of a name in 4 s late, and counts it', () => {
  const { registry, clock } = withProfile('fr-like')
  const session = loggedIn(registry)
  const delays = [0, 1, 2, 3].map((step) => {
    clock.ms = NOON + step * 1500
    return answer(session, Buffer.from(checkXml(['free.pl']))).delayMs ?? 0
  })
  expect(delays).toEqual([0, 0, 2000, 2000])
  expect(violationsOf(session).checks).toBe(2)
})

test('ee-like blocks a session for a second after an error: a command sent meanwhile waits, and counts', () => {
  const { registry, clock } = withProfile('ee-like')
  const session = loggedIn(registry)
  const other = loggedIn(registry)
  expect(codeOf(ask(session, createXml('held.pl')))).toBe(2302)
  clock.ms += 400
  noteArrival(session, clock.ms)
  expect(waitMs(session, clock.ms)).toBe(600)
  expect(waitMs(other, clock.ms)).toBe(0)
  expect(violationsOf(session).blocked).toBe(1)
  clock.ms += 600
  noteArrival(session, clock.ms)
  expect(waitMs(session, clock.ms)).toBe(0)
  expect(violationsOf(session).blocked).toBe(1)
})

test('ee-like answers 100 commands a minute over all sessions, and the next 2400', () => {
  const { registry, clock } = withProfile('ee-like')
  const sessions = [loggedIn(registry), loggedIn(registry)]
  const codes = Array.from({ length: 101 }, (_, index) => {
    clock.ms += 100
    const session = sessions[index % 2]
    return session && codeOf(ask(session, pollXml))
  })
  expect(new Set(codes.slice(0, 100))).toEqual(new Set([1300]))
  expect(codes[100]).toBe(2400)
  clock.ms += 60_000
  expect(sessions[0] && codeOf(ask(sessions[0], pollXml))).toBe(1300)
})

test('uk-like blocks creates for 24 hours after 1,000 failed creates and checks, even when they have slid', () => {
  const { registry, clock } = withProfile('uk-like', { limits: { commandsPerSecondMax: 100_000 } })
  const session = loggedIn(registry)
  for (let count = 0; count < 500; count++) {
    expect(codeOf(ask(session, createXml('held.pl')))).toBe(2302)
    ask(session, checkXml(['held.pl']))
    clock.ms += 60_000
  }
  const spentMs = clock.ms - 60_000
  const create = () => codeOf(ask(loggedIn(registry), createXml('free.pl')))
  clock.ms = spentMs + 86_399_000
  expect(create()).toBe(2502)
  expect(violationsOf(session).failedCreates).toBe(1)
  clock.ms = spentMs + 86_400_000
  expect(create()).toBe(1000)
})

test('no-like ends a session after 900 to 1,200 commands, answers the last one, and counts it', () => {
  const { registry, clock } = withProfile('no-like')
  const lengths = [1, 2, 3].map(() => {
    const session = loggedIn(registry)
    for (let count = 1; ; count++) {
      clock.ms += 100
      const { xml, after } = answer(session, Buffer.from(pollXml))
      expect(codeOf(xml ?? '')).toBe(1300)
      if (after === 'end') return count
    }
  })
  for (const length of lengths) {
    expect(length).toBeGreaterThanOrEqual(900)
    expect(length).toBeLessThanOrEqual(1200)
  }
  expect(new Set(lengths).size).toBeGreaterThan(1)
  expect(registry.accounts.get('droplock')?.violations.sessionCommands).toBe(3)
})

test('a greeting in whole seconds rounds the time down and has no fraction', () => {
  const { registry, clock } = makeTestRegistry({ svDateInSeconds: true })
  clock.ms = NOON + 1_999
  expect(greet(openSession('seconds', registry)).xml).toContain('<svDate>2026-11-24T12:00:01Z</svDate>')
  const exact = makeTestRegistry()
  exact.clock.ms = NOON + 1_999
  expect(greet(openSession('exact', exact.registry)).xml).toContain(
    '<svDate>2026-11-24T12:00:01.999Z</svDate>',
  )
})
