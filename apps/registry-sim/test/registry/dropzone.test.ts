import { expect, test } from 'vitest'
import { loadNames, type NameSpec, withdrawNames } from '../../src/registry/load-names.ts'
import { writeReport } from '../../src/registry/money.ts'
import { present } from '../../src/registry/registry.ts'
import { codeOf, commandXml, createXml, infoXml, pollXml, textOf } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

const PERIOD_MS = 600_000

function dropzone(spec: Partial<NameSpec> = {}) {
  const { registry, clock } = makeTestRegistry({
    profile: 'dropzone-like',
    dropzone: { periodMs: PERIOD_MS },
  })
  const name = { name: 'kawa.pl', kind: 'normal', purgeAtMs: NOON, rivals: [], ...spec } as const
  clock.ms = NOON - 1
  loadNames(registry, [name], present(registry))
  const ours = loggedIn(registry)
  const theirs = loggedIn(registry, 'rival-a')
  return { registry, clock, ours, theirs }
}

test('before the purge a create is 2302, after it an application, and info shows each only its own', () => {
  const { clock, ours, theirs } = dropzone({ priorClid: 'registrar-12' })
  expect(codeOf(ask(ours, createXml('kawa.pl')))).toBe(2302)
  expect(textOf(ask(ours, infoXml('kawa.pl')), 'clID')).toBe('registrar-12')
  clock.ms = NOON
  expect(codeOf(ask(ours, createXml('kawa.pl')))).toBe(1001)
  const own = ask(ours, infoXml('kawa.pl'))
  expect(own).toContain('<domain:status s="pendingCreate"/>')
  expect(textOf(own, 'clID')).toBe('droplock')
  expect(codeOf(ask(theirs, infoXml('kawa.pl')))).toBe(2303)
})

test('the award goes to the first create at the end of the period; every applicant is notified by poll', () => {
  const { registry, clock, ours, theirs } = dropzone()
  clock.ms = NOON + 5
  const applied = ask(theirs, createXml('kawa.pl', { clTRID: 'rival-0001' }))
  clock.ms = NOON + 6
  expect(codeOf(ask(ours, createXml('kawa.pl', { clTRID: 'ours-0001' })))).toBe(1001)
  clock.ms = NOON + PERIOD_MS - 1
  expect(codeOf(ask(ours, pollXml))).toBe(1300)
  clock.ms = NOON + PERIOD_MS
  const won = ask(theirs, pollXml)
  expect(codeOf(won)).toBe(1301)
  expect(won).toContain('<domain:name paResult="1">kawa.pl</domain:name>')
  expect(won).toContain(`<clTRID>rival-0001</clTRID><svTRID>${textOf(applied, 'svTRID')}</svTRID>`)
  const lost = ask(ours, pollXml)
  expect(lost).toContain('<domain:name paResult="0">kawa.pl</domain:name>')
  const info = ask(ours, infoXml('kawa.pl'))
  expect(textOf(info, 'clID')).toBe('rival-a')
  expect(textOf(info, 'crDate')).toBe(new Date(NOON + PERIOD_MS).toISOString())
  expect([...writeReport(registry)].slice(1).join('')).toMatch(/^2026-\S+,rival-a,award,kawa.pl,1,8.00,,USD,/)
})

test('a rival of the seed applies like anybody, and loses to an earlier create', () => {
  const { registry, clock, ours } = dropzone({ rivals: [{ clid: 'rival-b', delayMs: 40 }] })
  clock.ms = NOON + 39
  ask(ours, createXml('kawa.pl'))
  clock.ms = NOON + PERIOD_MS
  expect(ask(ours, pollXml)).toContain('paResult="1"')
  expect(registry.names.get('kawa.pl')?.winner?.clID).toBe('droplock')
  expect(registry.accounts.get('rival-b')?.messages).toHaveLength(1)
})

test('a name without applications is free for an ordinary create when the period is over', () => {
  const { clock, ours } = dropzone()
  clock.ms = NOON + PERIOD_MS
  expect(codeOf(ask(ours, createXml('kawa.pl')))).toBe(1000)
})

test('a name pulled from the drop within the period has its old registration again, and applicants are notified', () => {
  const { registry, clock, ours } = dropzone({ priorClid: 'registrar-12' })
  clock.ms = NOON + 5
  ask(ours, createXml('kawa.pl'))
  expect(withdrawNames(registry, ['kawa.pl'], present(registry))).toEqual([])
  expect(ask(ours, pollXml)).toContain('paResult="0"')
  expect(textOf(ask(ours, infoXml('kawa.pl')), 'clID')).toBe('registrar-12')
  clock.ms = NOON + PERIOD_MS + 1
  expect(codeOf(ask(ours, createXml('kawa.pl')))).toBe(2302)
})

test('messages are returned oldest first until they are acknowledged, and every answer contains their number', () => {
  const { clock, ours, registry } = dropzone()
  const more = ['mleko.pl', 'cukier.pl'].map((name) => ({
    name,
    kind: 'normal' as const,
    purgeAtMs: NOON,
    rivals: [],
  }))
  loadNames(registry, more, present(registry))
  clock.ms = NOON + 1
  for (const name of ['kawa.pl', 'mleko.pl', 'cukier.pl']) ask(ours, createXml(name))
  clock.ms = NOON + PERIOD_MS
  const names: (string | undefined)[] = []
  for (let waiting = 3; waiting > 0; waiting--) {
    const message = ask(ours, pollXml)
    const [, count, id] = /<msgQ count="(\d+)" id="(\d+)">/.exec(message) ?? []
    expect(Number(count)).toBe(waiting)
    expect(ask(ours, pollXml)).toContain(`id="${id}"`)
    expect(ask(ours, infoXml('kawa.pl'))).toContain(`<msgQ count="${waiting}" id="${id}"/>`)
    names.push(textOf(message, 'name'))
    expect(codeOf(ask(ours, commandXml(`<poll op="ack" msgID="${id}"/>`)))).toBe(1000)
    expect(codeOf(ask(ours, commandXml(`<poll op="ack" msgID="${id}"/>`)))).toBe(2303)
  }
  expect(names.toSorted()).toEqual(['cukier.pl', 'kawa.pl', 'mleko.pl'])
  expect(codeOf(ask(ours, pollXml))).toBe(1300)
})
