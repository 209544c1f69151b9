import type { NameTruth } from '../../../registry-sim/src/registry/truth.ts'
import { type Lane, readJson } from './lane.ts'
import { type Delay, delaysOf, type Tried } from './optimum.ts'
import { LIMITS, US } from './scenarios.ts'

/** How an account used its limits until some moment, by the registry's count. */
export type Use = { readonly commands: number; readonly creates: number; readonly infos: number }

/** What one sender achieved in one round, by the registry's own record. */
export type Result = {
  /** Contested names that were released, and those of them that we hold. */
  readonly contested: number
  readonly won: number
  /** All names that we wanted. */
  readonly delays: readonly Delay[]
  /** Creates that arrived before their name's release, and after it while it was registered; and all. */
  readonly tooEarly: number
  readonly tooLate: number
  readonly creates: number
  /** From the window's beginning to the last release, and in all. */
  readonly inWindow: Use
  readonly inAll: Use
  readonly violations: number
  /** As it was measured. Milliseconds. */
  readonly roundTripMs: number
  /** Of the rivals: above 0 they were hampered, and the comparison is not fair. */
  readonly rivalsViolations: number
}

type Account = {
  readonly clid: string
  readonly used: Use
  readonly violations: Readonly<Record<string, number>>
}

/** The use of our account now. */
export async function readUse({ url }: Lane): Promise<Use> {
  return accountOf(await readAccounts(url)).used
}

async function readAccounts(url: string): Promise<readonly Account[]> {
  return (await readJson<{ readonly accounts: readonly Account[] }>(`${url}/violations`)).accounts
}

function accountOf(accounts: readonly Account[]): Account {
  const ours = accounts.find(({ clid }) => clid === US)
  if (ours === undefined) throw new Error('no account of ours')
  return ours
}

const violationsOf = ({ violations }: Account): number =>
  Object.values(violations).reduce((sum, count) => sum + count, 0)

/** A reading of our account's use. */
export type Sample = Use & { readonly atMs: number }

/** The truth about every name of the registry. */
export async function readTruth({ url }: Lane): Promise<readonly NameTruth[]> {
  const answer = await fetch(`${url}/truth`)
  const lines = (await answer.text()).trimEnd().split('\n')
  return lines.map((line): NameTruth => JSON.parse(line))
}

/** What was seen of a lane until its last name had dropped. */
type Followed = {
  /** In order of time. */
  readonly samples: readonly Sample[]
  /** When our first window began, registry clock. */
  readonly fromMs: number
  readonly roundTripMs: number
}

/** Reads what happened from the registry. */
export async function measure(lane: Lane, { samples, fromMs, roundTripMs }: Followed): Promise<Result> {
  const truths = new Map((await readTruth(lane)).map((truth) => [truth.name, truth]))
  const accounts = await readAccounts(lane.url)
  const ours = lane.names
    .filter(({ wantedBy }) => wantedBy.includes(US))
    .map(({ label, wantedBy }) => ({ truth: truths.get(label), isContested: wantedBy.length > 1 }))
    .flatMap(({ truth, isContested }) => (truth?.releasedAt ? [{ truth, isContested }] : []))
  const attempts = ours.map(({ truth }) => attemptsOf(truth))
  const lastMs = Math.max(...attempts.map(({ releasedMs }) => releasedMs))
  const contested = ours.filter(({ isContested }) => isContested)
  const sum = (of: (attempt: Attempts) => number) => attempts.reduce((total, each) => total + of(each), 0)
  const all = accountOf(accounts)
  return {
    contested: contested.length,
    won: contested.filter(({ truth }) => truth.winner?.clID === US).length,
    delays: delaysOf(attempts, {
      sessions: LIMITS.sessionsMax,
      commandsPerSecond: LIMITS.commandsPerSecondMax,
      roundTripMs,
    }),
    tooEarly: sum(({ tooEarly }) => tooEarly),
    tooLate: sum(({ tooLate }) => tooLate),
    creates: sum(({ creates }) => creates),
    inWindow: between(samples, fromMs, lastMs),
    inAll: all.used,
    violations: violationsOf(all),
    roundTripMs,
    rivalsViolations: accounts
      .filter(({ clid }) => clid !== US)
      .reduce((total, account) => total + violationsOf(account), 0),
  }
}

type Attempts = Tried & { readonly tooEarly: number; readonly tooLate: number; readonly creates: number }

function attemptsOf({ releasedAt, arrivals }: NameTruth): Attempts {
  const releasedMs = Date.parse(releasedAt ?? '')
  const ours = arrivals
    .filter(({ clID }) => clID === US)
    .map(({ at, code }) => ({ atMs: Date.parse(at), code }))
  const after = ours.filter(({ atMs }) => atMs >= releasedMs)
  return {
    releasedMs,
    firstMs: after[0]?.atMs ?? Infinity,
    tooEarly: ours.length - after.length,
    tooLate: after.filter(({ code }) => code !== 1000).length,
    creates: ours.length,
  }
}

/** What was used between two moments: by the readings that are nearest before them. */
function between(samples: readonly Sample[], fromMs: number, toMs: number): Use {
  const [first] = samples
  const before = (atMs: number) => samples.findLast((sample) => sample.atMs <= atMs) ?? first
  const [from, to] = [before(fromMs), before(toMs)]
  return {
    commands: (to?.commands ?? 0) - (from?.commands ?? 0),
    creates: (to?.creates ?? 0) - (from?.creates ?? 0),
    infos: (to?.infos ?? 0) - (from?.infos ?? 0),
  }
}
