import { expect, test } from 'vitest'
import { Plan } from '../../src/plan/plan.ts'
import { rule } from '../support/plan.ts'
import { planFacts, prior, target } from '../support/target.ts'

const inBatch = (place: number) => ({
  ...target({ id: `name-${place}`, listingId: `name-${place}`, release: 'daily_batch', releaseMs: null }),
  prior: prior({ roid: `R-${String(place).padStart(2, '0')}` }),
})

test.each([
  { what: 'the hosts for creates are away', facts: { sends: 'questions' } as const },
  { what: 'the budget of failed creates is used up', facts: { hasBudget: false } },
])('a name with a known instant is asked about after its grace, also where $what', (away) => {
  const plan = new Plan(rule)
  plan.put(target())
  const facts = planFacts(away.facts)
  expect(plan.choose(facts, 10_001)).toMatchObject({ kind: 'wait' })
  expect(plan.choose(facts, 20_001)).toMatchObject({ kind: 'info' })
})

test('a fee check is sent although creates cannot be', () => {
  const plan = new Plan(rule)
  plan.put(target({ id: 'first', listingId: 'a' }))
  plan.put(target({ id: 'refused', listingId: 'b', due: 'fee_check' }))
  expect(plan.choose(planFacts({ hasBudget: false }), 10_001)).toMatchObject({ kind: 'fee_check' })
})

test('a name of a batch whose create was refused for an issue is tried again as soon as its pause is over', () => {
  const plan = new Plan(rule)
  for (let place = 0; place < 20; place += 1) plan.put(inBatch(place))
  const createRetry = { code: 2104, pauseMs: 500, untilMs: 10_700 }
  plan.put({ ...inBatch(19), createRetry, lastSentMs: 10_200 })
  const facts = planFacts()
  const chosen = (nowMs: number) => {
    const choice = plan.choose(facts, nowMs)
    return choice.kind === 'create' ? choice.target.id : choice.kind
  }
  expect(chosen(10_699)).not.toBe('name-19')
  expect(chosen(10_700)).toBe('name-19')
})
