import { reporter } from '@droplock/core/bench/support/measure'
import { observeCreate, observeInfo } from '../src/plan/observe.ts'
import { seenIn } from '../src/plan/observe-release.ts'
import { Plan } from '../src/plan/plan.ts'
import { type Action, type PlanFacts, type PlanRule, readyAtMs } from '../src/plan/ready-at.ts'
import { type Target, untried } from '../src/plan/target.ts'

// `npm run bench -- plan`: what choosing the next command costs with 10,000 names in their windows, by release model, at 1,000 commands
// a second that are answered at once. Beside it in the same run a choice that looks at each name, as the first plan did. Time is
// virtual; only the work of the plan is measured: the choice, noting that it was sent, and following the answer.

const NAMES = 10_000
const LASTS_MS = 60_000
const START_MS = 100_000
const COMMANDS_PER_SECOND = 1_000
/** A choice that looks at each name is measured so often. */
const LOOKS = 200

const rule: PlanRule = {
  prepareLeadMs: 300_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 20,
  awardPauseMsMin: 5_000,
  share: { rank: 0, accounts: 1 },
}

const facts: PlanFacts = {
  feeAgreed: true,
  othersHidden: false,
  clid: 'droplock',
  ourClids: new Set(['droplock']),
  sends: 'all',
  hasBudget: true,
  commandsLeft: COMMANDS_PER_SECOND,
  rateLeft: 1,
  aimErrorMs: 1,
  roundTripMs: 5,
  probes: {
    lastMs: -Infinity,
    lastCreateMs: -Infinity,
    commandsPerSecondMax: COMMANDS_PER_SECOND,
    failedCreatesPerDayMax: Infinity,
  },
}

const releasedMs = (place: number): number => START_MS + (place * LASTS_MS) / NAMES
const placeOf = ({ id }: Target): number => Number(id.slice('target-'.length))

/** A name that is released at this place of all. */
function targetOf(release: Target['release'], place: number): Target {
  const releaseMs = releasedMs(place)
  const isExact = release === 'exact_instant'
  const dropFromMs = isExact ? releaseMs - 1_000 : START_MS
  return {
    ...untried,
    id: `target-${place}`,
    listingId: `listing-${(place * 7_919) % NAMES}`,
    zone: 'test',
    name: `name-${place}.test`,
    orderedAt: new Date((place * 104_729) % NAMES),
    armedAt: new Date(0),
    dropFromMs,
    dropToMs: isExact ? releaseMs + 5_000 : START_MS + LASTS_MS,
    graceUntilMs: START_MS + 10 * LASTS_MS,
    releaseMs: isExact ? releaseMs : null,
    release,
    probing: { fromMs: START_MS + 2 * LASTS_MS, everyMs: 1_000, share: 0.1 },
    arming: 1,
    prior: {
      kind: 'known',
      crDate: new Date(0),
      clid: 'someone',
      updatedAt: new Date(place * 1_000),
      roid: `D${String(place).padStart(6, '0')}`,
    },
    place: { rank: place, of: NAMES },
    fee: null,
    contacts: { kind: 'complete', carried: { contacts: [] } },
    rdapUrl: null,
    phase: 'firing',
    withdrawing: false,
    applied: false,
    awarded: null,
  }
}

function measure(release: Target['release']): void {
  const targets = new Map<string, Target>()
  const plan = new Plan(rule)
  for (let place = 0; place < NAMES; place += 1) {
    const target = targetOf(release, place)
    targets.set(target.id, target)
    plan.put(target)
  }
  const spent: number[] = []
  let won = 0
  for (
    let nowMs = START_MS - 1_000;
    nowMs < START_MS + LASTS_MS + 1_000;
    nowMs += 1_000 / COMMANDS_PER_SECOND
  ) {
    const startedMs = performance.now()
    const choice = plan.choose(facts, nowMs)
    if (choice.kind !== 'wait') plan.sent(choice, nowMs, facts)
    if (choice.kind !== 'wait') won += answer(plan, targets, choice, nowMs)
    spent.push(performance.now() - startedMs)
  }
  const lookUs = lookAtAll([...targets.values()], NAMES)
  spent.sort((one, other) => one - other)
  const at = (share: number) => 1_000 * (spent[Math.floor(share * (spent.length - 1))] ?? 0)
  const meanUs = (1_000 * spent.reduce((sum, each) => sum + each, 0)) / spent.length
  report(`${release}_choice_mean`, meanUs, 'us', { max: 20 })
  report(`${release}_choice_p99`, at(0.99), 'us')
  report(`${release}_choice_max`, at(1), 'us')
  report(`${release}_looking_at_each_to_choice`, lookUs / meanUs, 'ratio')
  report(`${release}_caught`, won / NAMES, 'share')
}

/** Has the registry answer, whom nobody else asks. How many names it makes ours. */
function answer(plan: Plan, targets: Map<string, Target>, { kind, target }: Action, nowMs: number): number {
  const current = targets.get(target.id)
  if (current === undefined) throw new Error(`${target.id} is decided`)
  plan.put({ ...current, busy: true })
  const isReleased = nowMs >= releasedMs(placeOf(target))
  const verdict = isReleased ? whenReleased(kind, nowMs) : beforeRelease(kind)
  const seen = seenIn(verdict.of, verdict, nowMs)
  if (seen !== undefined) plan.learn(target.id, seen)
  const { target: read, decision } =
    verdict.of === 'create'
      ? observeCreate(current, verdict, nowMs, facts)
      : observeInfo(current, verdict, nowMs, facts)
  if (decision === undefined) {
    plan.put(read)
    targets.set(target.id, read)
    return 0
  }
  plan.remove(target.id)
  targets.delete(target.id)
  return 1
}

const whenReleased = (kind: Action['kind'], nowMs: number) =>
  kind === 'create'
    ? ({ of: 'create', kind: 'registered', crDate: new Date(nowMs) } as const)
    : ({ of: 'info', kind: 'gone' } as const)
const beforeRelease = (kind: Action['kind']) =>
  kind === 'create'
    ? ({ of: 'create', kind: 'exists', code: 2302 } as const)
    : ({ of: 'info', kind: 'not_purged' } as const)

/** What one choice costs that looks at each of so many names. Microseconds. */
function lookAtAll(left: readonly Target[], count: number): number {
  const targets = Array.from(
    { length: count },
    (_, place) => left[place] ?? targetOf('random_in_window', place),
  )
  const startedMs = performance.now()
  let soonestMs = Infinity
  for (let look = 0; look < LOOKS; look += 1)
    for (const target of targets)
      soonestMs = Math.min(soonestMs, readyAtMs(target, rule, facts, START_MS + look))
  if (soonestMs === Infinity) throw new Error('no name is ever ready')
  return (1_000 * (performance.now() - startedMs)) / LOOKS
}

const report = reporter('plan')
for (const release of ['exact_instant', 'daily_batch', 'random_in_window'] as const) measure(release)
