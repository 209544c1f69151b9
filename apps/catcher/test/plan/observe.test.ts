import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import { describe, expect, test } from 'vitest'
import { describePrior, observeCreate, observeInfo, observePreparation } from '../../src/plan/observe.ts'
import type { Target } from '../../src/plan/target.ts'
import { accountFacts, prior, target } from '../support/target.ts'

const NOW = 15_000
const AFTER_GRACE = 20_001
const usual = accountFacts()

describe('a create', () => {
  test('that registered decides; the crDate is the settlement time', () => {
    const crDate = new Date(14_999)
    expect(observeCreate(target(), { kind: 'registered', crDate }, NOW, usual)).toMatchObject({
      target: { phase: 'decided' },
      decision: { outcome: 'registered', basis: 'create', crDate },
    })
  })

  test('that policy refused decides so', () => {
    expect(observeCreate(target(), { kind: 'refused', code: 2306 }, NOW, usual)).toMatchObject({
      decision: { outcome: 'refused', basis: 'create' },
    })
  })

  const ambiguous: readonly CreateVerdict[] = [
    { kind: 'unknown', reason: 'time-out' },
    { kind: 'session_ended', code: 2500, reconnect: 'at_once' },
  ]
  test.each(ambiguous)('that came to $kind decides nothing and is ambiguous', (verdict) => {
    const observed = observeCreate(target({ exists: true }), verdict, NOW, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({ phase: 'ambiguous', busy: false, sinceMs: NOW, exists: false })
  })

  test('that was answered 1001 waits for its award', () => {
    const observed = observeCreate(target(), { kind: 'applied', code: 1001 }, NOW, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({ phase: 'awaiting_award', applied: true, sinceMs: NOW })
  })

  test('answered "exists" decides nothing: not purged yet, lost and already ours look the same', () => {
    const observed = observeCreate(target(), { kind: 'exists', code: 2302 }, NOW, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({
      phase: 'firing',
      createsSinceInfo: 1,
      lastSentMs: NOW,
      exists: true,
    })
  })

  test('that was not sent changes nothing', () => {
    const verdict = { kind: 'not_sent', reason: 'no slot' } as const
    expect(observeCreate(target({ busy: true }), verdict, NOW, usual).target).toEqual(target())
  })

  test.each(['deposit_empty', 'our_fault'] as const)('that met %s is an issue and fails no name', (kind) => {
    const observed = observeCreate(target(), { kind, code: 2104 }, NOW, usual)
    expect(observed).toMatchObject({ issue: { kind }, target: { phase: 'firing' } })
    expect(observed.decision).toBeUndefined()
  })
})

describe('a create that lacked something', () => {
  test('is followed by a fee check, and fails no name', () => {
    const observed = observeCreate(target(), { kind: 'incomplete', code: 2003 }, NOW, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({ phase: 'firing', due: 'fee_check', createRetry: { code: 2003 } })
  })

  test('is an issue if no fee can be checked, and pauses longer each time', () => {
    const silent = accountFacts({ feeAgreed: false })
    let lacking: Target = target({ fee: null })
    const pauses = Array.from({ length: 6 }, () => {
      const observed = observeCreate(lacking, { kind: 'incomplete', code: 2003 }, NOW, silent)
      expect(observed).toMatchObject({ issue: { kind: 'create_incomplete' }, target: { due: null } })
      expect(observed.decision).toBeUndefined()
      lacking = observed.target
      return (lacking.createRetry?.untilMs ?? 0) - NOW
    })
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  })
})

describe('info', () => {
  test('that shows us as the new holder decides a win, also of an ambiguous name', () => {
    const crDate = new Date(14_000)
    const observed = observeInfo(
      target({ phase: 'ambiguous' }),
      { kind: 'ours', clID: 'droplock', crDate },
      NOW,
      usual,
    )
    expect(observed.decision).toEqual({
      outcome: 'registered',
      basis: 'info',
      crDate,
      holderClid: 'droplock',
    })
  })

  test('that shows another new holder decides lost, and names the holder', () => {
    expect(observeInfo(target(), { kind: 'other', clID: 'rival' }, NOW, usual).decision).toEqual({
      outcome: 'lost',
      basis: 'info',
      holderClid: 'rival',
    })
  })

  test('that finds the name still not purged decides missed only when it was sent after the grace', () => {
    expect(observeInfo(target(), { kind: 'not_purged' }, NOW, usual).decision).toBeUndefined()
    expect(observeInfo(target(), { kind: 'not_purged' }, AFTER_GRACE, usual).decision).toMatchObject({
      outcome: 'missed',
    })
  })

  test('that finds the old registration, or none, resolves an ambiguous name: firing continues', () => {
    const ambiguous = target({ phase: 'ambiguous' })
    expect(observeInfo(ambiguous, { kind: 'not_purged' }, NOW, usual).target).toMatchObject({
      phase: 'firing',
    })
    expect(observeInfo(ambiguous, { kind: 'gone' }, NOW, usual).target).toMatchObject({
      phase: 'firing',
      due: 'create',
    })
  })

  test('that shows nothing leaves a name ambiguous', () => {
    const undecided = { kind: 'undecided', reason: '2400' } as const
    const observed = observeInfo(target({ phase: 'ambiguous' }), undecided, AFTER_GRACE, usual)
    expect(observed.target.phase).toBe('ambiguous')
    expect(observed.decision).toBeUndefined()
  })

  test('that finds a name free after the grace, whose issue was not solved, decides missed', () => {
    const createRetry = { code: 2003, pauseMs: 60_000, untilMs: 20_000 }
    const missed = { outcome: 'missed', basis: 'info' }
    expect(observeInfo(target({ createRetry }), { kind: 'gone' }, NOW, usual).decision).toBeUndefined()
    expect(observeInfo(target({ createRetry }), { kind: 'gone' }, AFTER_GRACE, usual).decision).toMatchObject(
      missed,
    )
    const silent = accountFacts({ feeAgreed: false })
    expect(observeInfo(target(), { kind: 'gone' }, AFTER_GRACE, silent).decision).toMatchObject(missed)
  })
})

describe('info that is refused because the name is not ours', () => {
  const hidden = { kind: 'not_ours' } as const

  test('decides nothing in the window, and resolves an ambiguous name: creates continue', () => {
    for (const phase of ['firing', 'ambiguous'] as const) {
      const observed = observeInfo(target({ phase }), hidden, NOW, usual)
      expect(observed.decision).toBeUndefined()
      expect(observed.target).toMatchObject({ phase: 'firing', due: null })
    }
  })

  test('after the grace needs one more create, which shows whether the name is free', () => {
    const tried = observeInfo(target(), hidden, AFTER_GRACE, usual)
    expect(tried.decision).toBeUndefined()
    expect(tried.target).toMatchObject({ phase: 'firing', due: 'create' })
    const there = observeCreate(tried.target, { kind: 'exists', code: 2302 }, AFTER_GRACE, usual)
    expect(there.target).toMatchObject({ exists: true, due: 'info', triedLate: true })
    expect(observeInfo(there.target, hidden, AFTER_GRACE, usual).decision).toEqual({
      outcome: 'lost',
      basis: 'presumed',
      holderClid: null,
    })
  })

  test('after a create whose answer is unknown presumes nothing, before a create was answered again', () => {
    const cut = observeCreate(target({ exists: true }), { kind: 'unknown', reason: 'cut' }, NOW, usual)
    const observed = observeInfo(cut.target, hidden, AFTER_GRACE, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({ phase: 'firing', due: 'create' })
  })

  test('after the grace is explained by RDAP, if the zone has one', () => {
    const known = target({ exists: true, rdapUrl: 'https://rdap.test' })
    const observed = observeInfo(known, hidden, AFTER_GRACE, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({
      phase: 'not_ours',
      rdap: { sinceMs: AFTER_GRACE, againMs: AFTER_GRACE, taken: false },
    })
  })

  test('of a name that had expired with us shows its release: it is lost, though no create was answered', () => {
    const ours = prior({ clid: 'droplock' })
    const createRetry = { code: 2104, pauseMs: 0, untilMs: 0 }
    expect(
      observeInfo(target({ prior: ours, createRetry }), hidden, AFTER_GRACE, usual).decision,
    ).toMatchObject({
      outcome: 'lost',
      basis: 'presumed',
    })
  })

  test('of a name for which no create could be sent decides missed: we cannot say that another was faster', () => {
    const silent = accountFacts({ feeAgreed: false })
    expect(observeInfo(target(), hidden, AFTER_GRACE, silent).decision).toMatchObject({
      outcome: 'missed',
      basis: 'presumed',
    })
  })
})

describe('a name that was applied for', () => {
  const applied = target({ phase: 'awaiting_award', applied: true, sinceMs: 14_000 })
  const notHeld = ['not_purged', 'gone', 'not_ours'] as const

  test.each(notHeld)('stays so while its award may come, whatever info answers (%s)', (kind) => {
    const observed = observeInfo(applied, { kind }, NOW, usual)
    expect(observed.decision).toBeUndefined()
    expect(observed.target).toMatchObject({ phase: 'awaiting_award', sinceMs: 14_000 })
  })

  test.each(notHeld)('is not refunded after the grace either: the award may be late (%s)', (kind) => {
    expect(observeInfo(applied, { kind }, AFTER_GRACE, usual).decision).toBeUndefined()
  })

  test('is created again if it is free after the grace', () => {
    expect(observeInfo(applied, { kind: 'gone' }, AFTER_GRACE, usual).target).toMatchObject({
      phase: 'firing',
      due: 'create',
    })
  })

  test('is decided by the holder that info shows', () => {
    const crDate = new Date(14_500)
    expect(
      observeInfo(applied, { kind: 'ours', clID: 'droplock', crDate }, NOW, usual).decision,
    ).toMatchObject({
      outcome: 'registered',
      crDate,
    })
    expect(observeInfo(applied, { kind: 'other', clID: 'rival' }, NOW, usual).decision).toMatchObject({
      outcome: 'lost',
      holderClid: 'rival',
    })
  })

  test('is recognised by its pending create after a takeover, and waits for its award', () => {
    const observed = observeInfo(target({ phase: 'ambiguous' }), { kind: 'pending' }, NOW, usual)
    expect(observed.target).toMatchObject({ phase: 'awaiting_award', applied: true, sinceMs: NOW })
  })
})

describe('preparation', () => {
  const answer = {
    kind: 'answered',
    code: 1000,
    message: '',
    svTRID: 'SV-1',
    clTRID: 'DL-1',
    sentAt: new Date(NOW),
    sentAtMs: 0,
    answeredAtMs: 1,
    data: {
      name: 'wanted.test',
      roid: 'R-1',
      clID: 'droplock',
      crDate: new Date(77),
      statuses: [],
      rgpStatuses: [],
    },
  } as const
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })

  test('keeps who held the name and since when', () => {
    expect(observePreparation(waiting, { kind: 'not_purged' }, NOW, answer).target).toMatchObject({
      phase: 'waiting',
      prior: { kind: 'known', clid: 'droplock', crDate: new Date(77) },
    })
  })

  test('that finds a new holder decides nothing, and takes no new registration for the old one', () => {
    const observed = observePreparation(waiting, { kind: 'other', clID: 'rival' }, NOW, answer)
    expect(observed.decision).toBeUndefined()
    expect(observed.target.prior).toEqual(prior({ crDate: null, clid: null }))
  })

  test('that is refused because the name is not ours is done: it would not show more later', () => {
    const observed = observePreparation(waiting, { kind: 'not_ours' }, NOW, { ...answer, code: 2201 })
    expect(observed.target.prior).toEqual(prior({ crDate: null, clid: null }))
  })

  test('that finds the name restored decides withdrawn', () => {
    expect(observePreparation(waiting, { kind: 'withdrawn' }, NOW, answer).decision).toMatchObject({
      outcome: 'withdrawn',
    })
  })

  test('an info in time describes the registration of a name that was armed too late to be prepared', () => {
    const late = target({ prior: { kind: 'unknown' } })
    expect(describePrior(late, { kind: 'not_purged' }, answer).prior).toMatchObject({
      kind: 'known',
      clid: 'droplock',
      crDate: new Date(77),
    })
    expect(describePrior(late, { kind: 'ours', clID: 'droplock', crDate: new Date(77) }, answer)).toBe(late)
    const known = target()
    expect(describePrior(known, { kind: 'not_purged' }, answer)).toBe(known)
  })
})
