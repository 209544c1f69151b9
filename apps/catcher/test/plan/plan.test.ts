import { describe, expect, test } from 'vitest'
import { Plan } from '../../src/plan/plan.ts'
import { needsInfo, type PlanFacts } from '../../src/plan/ready-at.ts'
import type { RegistryMs, Target } from '../../src/plan/target.ts'
import { choose, rule, target } from '../support/plan.ts'
import { target as exactTarget, planFacts, prior, probes } from '../support/target.ts'

test('nothing is sent for a name before its window, less the aim', () => {
  expect(choose([target()], 9_949)).toMatchObject({ kind: 'wait', untilMs: 9_950 })
  expect(choose([target()], 9_950)).toMatchObject({ kind: 'create' })
})

test('a name of a batch that got no turn is asked about after its grace', () => {
  const plan = new Plan(rule)
  for (const [id, roid] of [
    ['first', 'R-1'],
    ['second', 'R-2'],
  ] as const)
    plan.put(
      target({
        id,
        listingId: id,
        release: 'daily_batch',
        prior: prior({ roid }),
        probing: { fromMs: 60_000, everyMs: 1_000, share: 0.1 },
      }),
    )
  const facts = planFacts()
  expect(plan.choose(facts, 15_000)).toMatchObject({ kind: 'create' })
  expect(plan.choose(facts, 20_001)).toMatchObject({ kind: 'info' })
})

test('no create is sent for a target that is not firing in the database', () => {
  expect(choose([target({ phase: 'waiting' })], 15_000)).toMatchObject({ kind: 'wait' })
})

test.each(['ambiguous', 'awaiting_award'] as const)(
  'a target that is %s is asked about, never created',
  (phase) => {
    expect(choose([target({ phase })], 15_000)).toMatchObject({ kind: 'info' })
    expect(choose([target({ phase, due: 'create' })], 15_000)).toMatchObject({ kind: 'info' })
  },
)

test.each(['not_ours', 'decided'] as const)('a busy target, or one that is %s, is left alone', (phase) => {
  expect(choose([target({ busy: true }), target({ phase })], 15_000)).toMatchObject({ kind: 'wait' })
})

test('nothing is created for a name whose drop was stopped; an unanswered create of it is asked about', () => {
  expect(choose([target({ stopped: true })], 15_000)).toMatchObject({ kind: 'wait' })
  expect(choose([target({ stopped: true, phase: 'ambiguous' })], 15_000)).toMatchObject({ kind: 'info' })
})

test('the gap of a name is kept', () => {
  const tried = target({ lastSentMs: 15_000 })
  expect(choose([tried], 15_099)).toMatchObject({ kind: 'wait', untilMs: 15_100 })
  expect(choose([tried], 15_100)).toMatchObject({ kind: 'create' })
})

test('the name without a command for longest goes first', () => {
  const targets = [target({ id: 'recent', lastSentMs: 14_800 }), target({ id: 'old', lastSentMs: 14_000 })]
  expect(choose(targets, 15_000)).toMatchObject({ target: { id: 'old' } })
})

test('names not tried yet go in the order of order time, then listing id', () => {
  const late = target({ id: 'late', orderedAt: new Date(2_000), listingId: 'a' })
  const second = target({ id: 'second', listingId: 'c' })
  const first = target({ id: 'first', listingId: 'b' })
  expect(choose([late, second, first], 15_000)).toMatchObject({ target: { id: 'first' } })
})

/** What is not a create of twelve commands about a name that may be lost, and another. */
function questionsAbout(changes: Partial<Target>, more: Partial<PlanFacts> = {}): readonly string[] {
  const plan = new Plan(rule)
  const facts = planFacts(more)
  plan.put(target({ id: 'doubtful', ...changes }))
  plan.put(target({ id: 'other' }))
  const kinds = Array.from({ length: 12 }, (_, turn) => {
    const nowMs = 15_000 + 200 * turn
    const choice = plan.choose(facts, nowMs)
    if (choice.kind === 'wait') return 'wait'
    plan.sent(choice, nowMs, facts)
    return choice.kind === 'info' ? choice.target.id : 'create'
  })
  return kinds.filter((kind) => kind !== 'create')
}

describe('info after creates answered "exists"', () => {
  test('asks who got it, once for so many creates', () => {
    expect(questionsAbout({ createsSinceInfo: 3 })).toEqual([])
    expect(questionsAbout({ createsSinceInfo: 4 })).toEqual(['doubtful', 'doubtful', 'doubtful'])
  })

  test('is not sent if the registry refuses it for others’ names, except for names that expired with us', () => {
    const hidden = { othersHidden: true }
    expect(questionsAbout({ createsSinceInfo: 99 }, hidden)).toEqual([])
    expect(questionsAbout({ createsSinceInfo: 4, prior: prior({ clid: 'droplock' }) }, hidden)).not.toEqual(
      [],
    )
  })

  test('is sent for an ambiguous name, and once the grace is over', () => {
    const hidden = { othersHidden: true }
    expect(choose([target({ phase: 'ambiguous' })], 15_000, hidden)).toMatchObject({ kind: 'info' })
    expect(choose([target()], 20_001, hidden)).toMatchObject({ kind: 'info' })
  })
})

test('between the window and the end of the grace, hidden names are created less and less often, and asked about on time', () => {
  const tried = target({ lastSentMs: 15_000 })
  const hidden = { othersHidden: true }
  expect(choose([tried], 15_100)).toMatchObject({ kind: 'create' })
  expect(choose([tried], 16_999, hidden)).toMatchObject({ kind: 'wait' })
  expect(choose([tried], 17_000, hidden)).toMatchObject({ kind: 'create' })
  expect(choose([{ ...tried, dropToMs: 16_000 }], 15_100, hidden)).toMatchObject({ kind: 'create' })
  const last = target({ lastSentMs: 19_000 })
  expect(choose([last], 20_000, hidden)).toMatchObject({ kind: 'wait', untilMs: 20_001 })
  expect(choose([last], 20_001, hidden)).toMatchObject({ kind: 'info' })
})

describe('after the grace', () => {
  test('only info is sent, unless the name is free', () => {
    expect(choose([target()], 20_001)).toMatchObject({ kind: 'info' })
    expect(choose([target({ due: 'create' })], 20_001)).toMatchObject({ kind: 'create' })
  })

  test('an undecided name is asked about less and less often, at least every five minutes', () => {
    let asked = target({ lastSentMs: 20_001 })
    const gaps: number[] = []
    while (asked.lastSentMs !== null && asked.lastSentMs < 20_000 + 7_200_000) {
      const nextMs = firstSendMs(asked, asked.lastSentMs)
      gaps.push(nextMs - asked.lastSentMs)
      asked = { ...asked, lastSentMs: nextMs }
    }
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other))
    expect(gaps.at(-1)).toBe(300_000)
    expect(gaps.length).toBeLessThan(60)
  })

  test('a free name is created at once, and again less and less often', () => {
    const free = target({ due: 'create', lastSentMs: 26_000 })
    expect(choose([free], 26_100)).toMatchObject({ kind: 'create' })
    expect(choose([{ ...free, triedLate: true }], 28_999)).toMatchObject({ kind: 'wait' })
    expect(choose([{ ...free, triedLate: true }], 29_000)).toMatchObject({ kind: 'create' })
  })
})

/** When the plan, asked again as it wishes, sends something. */
function firstSendMs(one: Target, fromMs: RegistryMs): RegistryMs {
  let nowMs = fromMs
  for (;;) {
    const choice = choose([one], nowMs)
    if (choice.kind !== 'wait') return nowMs
    nowMs = choice.untilMs
  }
}

describe('a create that was refused', () => {
  test('is followed by a fee check before anything else is sent for the name', () => {
    expect(choose([target({ due: 'fee_check' })], 15_000)).toMatchObject({ kind: 'fee_check' })
  })

  test('waits for a fee check that could not be sent, and no create is sent meanwhile', () => {
    const createRetry = { code: 2004, pauseMs: 0, untilMs: 15_250 }
    const deferred = target({ due: 'fee_check', createRetry, lastSentMs: 15_000 })
    expect(choose([deferred], 15_100)).toMatchObject({ kind: 'wait', untilMs: 15_250 })
    expect(choose([deferred], 15_250)).toMatchObject({ kind: 'fee_check' })
  })

  test('is repeated only after its pause, and does not delay the decision after the grace', () => {
    const lacking = target({ createRetry: { code: 2003, pauseMs: 5_000, untilMs: 16_000 } })
    expect(choose([lacking], 15_999)).toMatchObject({ kind: 'wait', untilMs: 16_000 })
    expect(choose([lacking], 16_000)).toMatchObject({ kind: 'create' })
  })
})

describe('no create without a cap', () => {
  test('is sent if the zone can have premium names and the registry has no fee extension', () => {
    const silent = { feeAgreed: false }
    for (const due of ['create', null] as const) {
      expect(choose([target({ due })], 15_000, silent)).toMatchObject({ kind: 'wait' })
      expect(choose([target({ due })], 20_001, silent)).toMatchObject({ kind: 'info' })
    }
    expect(choose([target({ fee: null })], 15_000, silent)).toMatchObject({ kind: 'create' })
  })
})

describe('no create without the contacts that its zone wants', () => {
  test('is sent, in time or late', () => {
    const contacts = { kind: 'lacking', roles: ['registrant'] } as const
    for (const due of ['create', null] as const) {
      expect(choose([target({ due, contacts })], 15_000)).toMatchObject({ kind: 'wait' })
      expect(choose([target({ due, contacts })], 20_001)).toMatchObject({ kind: 'info' })
    }
  })
})

/** Who got the slots, by id, when each command takes a slot and leaves its target as it was. */
function share(targets: Target[], slots: number): Map<string, number> {
  const got = new Map<string, number>()
  const plan = new Plan(rule)
  const facts = planFacts()
  for (const each of targets) plan.put(each)
  for (let slot = 0; slot < slots; slot += 1) {
    const nowMs = 15_000 + 200 * slot
    const choice = plan.choose(facts, nowMs)
    if (choice.kind === 'wait') continue
    const { target: chosen } = choice
    plan.sent(choice, nowMs, facts)
    const kind = needsInfo(chosen) ? 'asked' : 'fired'
    got.set(kind, (got.get(kind) ?? 0) + 1)
    plan.put({ ...chosen, lastSentMs: nowMs })
  }
  return got
}

const many = (phase: Target['phase']) =>
  Array.from({ length: 500 }, (_, n) =>
    target({
      id: `${phase}-${n}`,
      listingId: `${n}`,
      phase,
      graceUntilMs: 900_000,
      probing: { fromMs: 900_000, everyMs: 1_000, share: 0.1 },
    }),
  )

describe('the share of the slots for ambiguous names', () => {
  test('is one in three while names are firing: 500 ambiguous names leave two thirds to 500 firing ones', () => {
    const got = share([...many('ambiguous'), ...many('firing')], 300)
    expect(Object.fromEntries(got)).toEqual({ asked: 100, fired: 200 })
  })

  test('is all of them while nothing is firing', () => {
    expect(Object.fromEntries(share([...many('ambiguous'), ...many('waiting')], 300))).toEqual({ asked: 300 })
    expect(Object.fromEntries(share(many('ambiguous'), 300))).toEqual({ asked: 300 })
  })

  test('is none without ambiguous names', () => {
    expect(Object.fromEntries(share(many('firing'), 300))).toEqual({ fired: 300 })
  })

  test('goes to names applied for only while none is ambiguous', () => {
    const applied = target({ id: 'applied', phase: 'awaiting_award' })
    const ambiguous = target({ id: 'ambiguous', phase: 'ambiguous', lastSentMs: 14_900 })
    expect(choose([applied, ambiguous], 15_000)).toMatchObject({ target: { id: 'ambiguous' } })
  })
})

test('a name applied for is asked about less and less often: a few hundred times a day, not a million', () => {
  let waiting = target({ phase: 'awaiting_award', applied: true, sinceMs: 15_000, lastSentMs: 15_000 })
  let questions = 0
  while (waiting.lastSentMs !== null && waiting.lastSentMs < 15_000 + 86_400_000) {
    const nextMs = firstSendMs(waiting, waiting.lastSentMs)
    expect(nextMs - waiting.lastSentMs).toBeGreaterThanOrEqual(5_000)
    waiting = { ...waiting, lastSentMs: nextMs }
    questions += 1
  }
  expect(questions).toBeLessThan(350)
  expect(questions).toBeGreaterThan(24)
})

test('when the budget of failed creates is used up, creates wait and queries continue', () => {
  const spent = { hasBudget: false }
  const firing = target({ id: 'a' })
  expect(choose([firing], 15_000, spent)).toMatchObject({ kind: 'wait', untilMs: 16_000 })
  expect(choose([target({ due: 'create' })], 25_000, { ...spent, othersHidden: true })).toMatchObject({
    kind: 'wait',
  })
  const asked = target({ id: 'b', createsSinceInfo: 4 })
  expect(choose([firing, asked], 15_000, spent)).toMatchObject({ kind: 'info', target: { id: 'b' } })
  expect(choose([firing], 20_001, spent)).toMatchObject({ kind: 'info' })
  const unknown = target({ id: 'c', phase: 'waiting', prior: { kind: 'unknown' } })
  expect(choose([firing, unknown], 15_000, spent)).toMatchObject({ kind: 'info', target: { id: 'c' } })
  expect(choose([target({ phase: 'ambiguous' })], 15_000, spent)).toMatchObject({ kind: 'info' })
})

test('while there is no room in the budget a free name is asked about, less and less often; with room it is created at once', () => {
  const plan = new Plan(rule)
  const free = target({ due: 'create', lastSentMs: 24_000 })
  plan.put(free)
  const spent = planFacts({ hasBudget: false })
  expect(plan.choose(spent, 25_000)).toMatchObject({ kind: 'wait' })
  expect(plan.choose(spent, 32_000)).toMatchObject({ kind: 'info', target: free })
  expect(plan.choose(planFacts(), 32_001)).toMatchObject({ kind: 'create', target: free })
})

describe('where the drop has hosts of its own', () => {
  const firing = target()
  const waiting = target({ id: 'waiting', phase: 'waiting', prior: { kind: 'unknown' } })

  test('the sessions there send only creates, and continue while others ask why a name exists', () => {
    expect(choose([waiting, firing], 10_500, { sends: 'creates' })).toMatchObject({ target: firing })
    expect(choose([target({ createsSinceInfo: 9 })], 10_500, { sends: 'creates' })).toMatchObject({
      kind: 'create',
    })
    for (const asked of [waiting, target({ due: 'info' }), target({ phase: 'ambiguous' })])
      expect(choose([asked], 10_500, { sends: 'creates' })).toMatchObject({ kind: 'wait' })
  })

  test('the everyday sessions send everything else', () => {
    expect(choose([firing], 10_500, { sends: 'questions' })).toMatchObject({ kind: 'wait' })
    expect(choose([firing, waiting], 10_500, { sends: 'questions' })).toMatchObject({ target: waiting })
    expect(choose([target({ createsSinceInfo: 4 })], 10_500, { sends: 'questions' })).toMatchObject({
      kind: 'info',
    })
  })
})

/** The window ends at 11,000, the full pace at 20,000, the grace at 90,000; one probe of the name in ten seconds. */
const probing = (changes: Partial<Target> = {}) =>
  target({ graceUntilMs: 90_000, probing: { fromMs: 20_000, everyMs: 10_000, share: 0.1 }, ...changes })

describe('in the slow part of the grace', () => {
  test('a name is tried at full pace until it begins, and then once per pause', () => {
    expect(choose([probing({ lastSentMs: 19_800 })], 20_000)).toMatchObject({ kind: 'create' })
    const tried = probing({ lastSentMs: 20_000 })
    expect(choose([tried], 29_999)).toMatchObject({ kind: 'wait', untilMs: 30_000 })
    expect(choose([tried], 30_000)).toMatchObject({ kind: 'create' })
  })

  test('all names together have their share of the rate', () => {
    const names = [probing({ id: 'one' }), probing({ id: 'two' })]
    // Ten commands a second, and a tenth of them.
    const paced = { probes: { ...probes, lastMs: 30_000 } }
    expect(choose(names, 30_999, paced)).toMatchObject({ kind: 'wait', untilMs: 31_000 })
    expect(choose(names, 31_000, paced)).toMatchObject({ kind: 'create' })
  })

  test('while its share of failed creates is used up a name is asked about, or waits where the registry hides it', () => {
    // A thousand a day, and a tenth of them: one in 864 seconds.
    const spent = { probes: { ...probes, lastCreateMs: 30_000, failedCreatesPerDayMax: 1_000 } }
    expect(choose([probing()], 60_000, spent)).toMatchObject({ kind: 'info' })
    expect(choose([probing()], 60_000, { ...spent, othersHidden: true })).toMatchObject({ kind: 'wait' })
    const later = probing({ graceUntilMs: 1_000_000 })
    expect(choose([later], 894_000, { ...spent, othersHidden: true })).toMatchObject({ kind: 'create' })
  })

  test('a name that was seen free is created at once', () => {
    const free = probing({ due: 'create', lastSentMs: 30_000 })
    const spent = {
      probes: { ...probes, lastMs: 30_000, lastCreateMs: 30_000, failedCreatesPerDayMax: 1_000 },
    }
    expect(choose([free], 30_100, spent)).toMatchObject({ kind: 'create' })
  })

  test('where the server for creates is open for the window only, names are asked about', () => {
    expect(choose([probing({ release: 'open_window' })], 30_000)).toMatchObject({ kind: 'info' })
  })

  test('names in their window go on at full pace beside them', () => {
    const window = {
      dropToMs: 60_000,
      graceUntilMs: 90_000,
      probing: { fromMs: 70_000, everyMs: 10_000, share: 0.1 },
    }
    const inWindow = target({ id: 'window', ...window, lastSentMs: 30_000 })
    const busy = { probes: { ...probes, lastMs: 30_000 } }
    expect(choose([probing({ id: 'probe', lastSentMs: 15_000 }), inWindow], 30_100, busy)).toMatchObject({
      kind: 'create',
      target: { id: 'window' },
    })
  })
})

test('two accounts at a registry do not begin with the same name', () => {
  const names = Array.from({ length: 20 }, (_, n) => exactTarget({ id: `${n}`, listingId: `listing-${n}` }))
  const first = (rank: number) => {
    const plan = new Plan({ ...rule, share: { rank, accounts: 2 } })
    for (const name of names) plan.put(name)
    const choice = plan.choose(planFacts(), 10_500)
    return choice.kind === 'wait' ? undefined : choice.target.id
  }
  expect(first(0)).toBeDefined()
  expect(first(0)).not.toBe(first(1))
})
