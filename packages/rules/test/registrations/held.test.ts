import { expect, test } from 'vitest'
import type { Answer, DomainInfo } from '../../src/ports/registrar.ts'
import { interpretChange } from '../../src/registrations/change.ts'
import { describeRegistration, judgeHeld } from '../../src/registrations/held.ts'

const crDate = new Date('2026-02-15T13:00:00Z')
const facts = { name: 'a.test', clid: 'droplock', crDate }
const info: DomainInfo = {
  name: 'a.test',
  roid: 'D1-SIM',
  clID: 'droplock',
  crDate,
  statuses: ['ok'],
  rgpStatuses: [],
}

function answered<Data>(code: number, data?: Data): Answer<Data> {
  const sent = { clTRID: 'DL-1', sentAt: crDate, sentAtMs: 0 }
  const rest = { message: 'said so', svTRID: 'S-1', answeredAtMs: 1, ...(data !== undefined && { data }) }
  return { kind: 'answered', code, ...sent, ...rest }
}

test('a registration is held where info shows our client id and its creation date', () => {
  expect(judgeHeld(answered(1000, info), facts)).toEqual({ kind: 'held', info })
  const cut = { ...info, crDate: new Date(crDate.getTime() + 400) }
  expect(judgeHeld(answered(1000, cut), facts)).toMatchObject({ kind: 'held' })
})

test.each([
  ['is not registered', answered<DomainInfo>(2303)],
  ['is another registrar’s', answered(1000, { ...info, clID: 'rival' })],
  ['was registered anew', answered(1000, { ...info, crDate: new Date('2027-01-01T00:00:00Z') })],
])('it is not held where the name %s', (_, answer) => {
  expect(judgeHeld(answer, facts)).toEqual({ kind: 'not_held' })
})

test.each([
  ['no answer', { kind: 'not_sent', reason: 'no session' } as const],
  ['a refusal', answered<DomainInfo>(2201)],
  ['an answer about another name', answered(1000, { ...info, name: 'b.test' })],
])('%s decides nothing', (_, answer) => {
  expect(judgeHeld(answer, facts)).toMatchObject({ kind: 'undecided' })
})

test('of two contacts of a role the first is kept', () => {
  const contacts = [
    { type: 'tech', id: 'T1' },
    { type: 'tech', id: 'T2' },
  ] as const
  expect(describeRegistration({ ...info, registrant: 'R1', contacts }).contacts).toEqual({
    registrant: 'R1',
    tech: 'T1',
  })
})

test.each([
  [1000, 'done'],
  [1001, 'ambiguous'],
  [2302, 'refused'],
  [2303, 'refused'],
  [2304, 'refused'],
  [2306, 'refused'],
  [2400, 'ambiguous'],
  [2500, 'ambiguous'],
])('after a change %i means %s', (code, kind) => {
  expect(interpretChange(answered(code))).toMatchObject({ kind })
})

test('a refusal has the words of the registry', () => {
  const answer = { ...answered(2303), reasons: ['No such host'] }
  expect(interpretChange(answer)).toEqual({
    kind: 'refused',
    code: 2303,
    message: 'said so; No such host',
  })
})
