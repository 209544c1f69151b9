import { expect, test } from 'vitest'
import { Plan } from '../../src/plan/plan.ts'
import { choose, rule, target } from '../support/plan.ts'
import { planFacts } from '../support/target.ts'

test('a name whose old registration is unknown is asked about before its window', () => {
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(choose([waiting], 4_999)).toMatchObject({ kind: 'wait', untilMs: 5_000 })
  expect(choose([waiting], 5_000)).toMatchObject({ kind: 'info' })
})

test('a name that was armed shortly before its window is asked about once until then', () => {
  const armed = target({ prior: { kind: 'unknown' } })
  expect(choose([armed], 9_000)).toMatchObject({ kind: 'info', isUrgent: false })
  expect(choose([{ ...armed, lastSentMs: 8_800 }], 9_000)).toMatchObject({ kind: 'wait', untilMs: 9_950 })
  const plan = new Plan(rule)
  plan.put(armed)
  expect(plan.choose(planFacts({ commandsLeft: 0 }), 9_949)).toMatchObject({ kind: 'info' })
  expect(plan.choose(planFacts(), 9_950)).toMatchObject({ kind: 'create' })
})

test('a name of a batch is asked about in its window, too, if nothing is known of it', () => {
  const armed = target({ prior: { kind: 'unknown' }, release: 'daily_batch' })
  expect(choose([armed], 15_000)).toMatchObject({ kind: 'info' })
  expect(choose([{ ...armed, lastSentMs: 14_000 }], 15_000)).toMatchObject({ kind: 'create' })
  expect(choose([armed], 15_000, { othersHidden: true })).toMatchObject({ kind: 'create' })
})
