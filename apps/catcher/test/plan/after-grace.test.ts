import { expect, test } from 'vitest'
import { Plan } from '../../src/plan/plan.ts'
import { rule } from '../support/plan.ts'
import { planFacts, target } from '../support/target.ts'

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
