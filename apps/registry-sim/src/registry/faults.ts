import { type Random, stream } from '../random.ts'

/**
 * All faults, by the moment at which they are injected: `greeting` into a greeting, `before` a command, which is then not
 * carried out, `after` a command that was carried out, `answer` into its answer.
 */
export const faultMoments = {
  plain_text_banner: 'greeting',
  skewed_sv_date: 'greeting',
  cut_before_commit: 'before',
  stall_before_commit: 'before',
  failed: 'before',
  session_limit: 'before',
  cut_after_commit: 'after',
  stall_after_commit: 'after',
  failed_after_commit: 'after',
  half_close_after_commit: 'after',
  slow: 'answer',
  split_frame: 'answer',
  joined_frames: 'answer',
  single_octets: 'answer',
  wrong_length: 'answer',
  reset_in_frame: 'answer',
  missing_cltrid: 'answer',
  invented_cltrid: 'answer',
  out_of_order: 'answer',
  repeated_answer: 'answer',
} as const satisfies Record<string, 'greeting' | 'before' | 'after' | 'answer'>

export type FaultKind = keyof typeof faultMoments

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(faultMoments, text)
}

/** The commands of a session: what follows its login. */
const commandTargets = ['poll', 'check', 'info', 'create', 'renew', 'update', 'delete', 'transfer'] as const

/** The possible targets of a fault: the verbs of EPP, `hello`, and `connect` for the greeting of a new connection. */
export const faultTargets = ['connect', 'hello', 'login', 'logout', ...commandTargets] as const

export type FaultTarget = (typeof faultTargets)[number]

/** The targets of a fault without commands: creates for kinds about a commit, all commands after the login for others. */
function usualTargets(kind: FaultKind): readonly FaultTarget[] {
  if (kind === 'plain_text_banner') return ['connect']
  if (kind === 'skewed_sv_date') return ['connect', 'hello']
  if (kind === 'session_limit') return ['login']
  return kind.endsWith('_commit') ? ['create'] : commandTargets
}

/**
 * A planned fault. `on: 'commit'` applies only to commands that would change something, `on: 'any'` to every command. Kinds
 * about a commit have the first as their default, others the second.
 */
export type FaultOrder = {
  readonly kind: FaultKind
  readonly on?: 'commit' | 'any' | undefined
  readonly commands?: readonly FaultTarget[] | undefined
  /** Only commands whose answer would have this result code. */
  readonly code?: number | undefined
  readonly names?: readonly string[] | undefined
  /** How often it is injected; for `names`, per name. Absent: without limit. */
  readonly count?: number | undefined
  /** The probability with which it is injected into a matching command. */
  readonly probability: number
  /** `slow`: how late. `skewed_sv_date`: how far off. `wrong_length`: how many octets too many. */
  readonly delayMs?: number | undefined
  readonly skewMs?: number | undefined
  readonly lengthOff?: number | undefined
}

export type Fault = Omit<FaultOrder, 'on' | 'commands' | 'names' | 'count'> & {
  readonly id: number
  readonly on: 'commit' | 'any'
  readonly commands: readonly FaultTarget[]
  readonly leftByName: Map<string, number> | undefined
  left: number
  injected: number
}

export type FaultPlan = { readonly random: Random; readonly faults: Fault[]; given: number }

/** More planned faults than this are a mistake of the client. */
export const FAULTS_MAX = 1000

export function makeFaultPlan(seed: number, registryId: string): FaultPlan {
  return { random: stream(seed, registryId, 'faults'), faults: [], given: 0 }
}

export function orderFault(plan: FaultPlan, order: FaultOrder): Fault {
  const count = order.count ?? Number.POSITIVE_INFINITY
  const { kind, probability, code, delayMs, skewMs, lengthOff } = order
  plan.given += 1
  const fault: Fault = {
    id: plan.given,
    kind,
    on: order.on ?? (kind.endsWith('_commit') ? 'commit' : 'any'),
    commands: order.commands ?? usualTargets(kind),
    probability,
    code,
    delayMs,
    skewMs,
    lengthOff,
    leftByName: order.names && new Map(order.names.map((name) => [name, count])),
    left: order.names ? Number.POSITIVE_INFINITY : count,
    injected: 0,
  }
  plan.faults.push(fault)
  return fault
}

/** Where a fault can be injected: into a command that is decided and not yet committed, or a greeting. */
type Mark = {
  readonly target: FaultTarget
  /** Names or ids in the command. */
  readonly names: readonly string[]
  readonly commits: boolean
  readonly code?: number
}

function nameWithFault({ leftByName }: Fault, names: readonly string[]): string | undefined {
  return names.find((name) => (leftByName?.get(name) ?? 0) > 0)
}

function matches(fault: Fault, mark: Mark): boolean {
  const isGreeting = mark.target === 'connect' || mark.target === 'hello'
  if (isGreeting !== (faultMoments[fault.kind] === 'greeting')) return false
  if (!fault.commands.includes(mark.target)) return false
  if (fault.on === 'commit' && !mark.commits) return false
  if (fault.code !== undefined && fault.code !== mark.code) return false
  return fault.leftByName ? nameWithFault(fault, mark.names) !== undefined : fault.left > 0
}

/** Returns the fault to inject, if any, and counts its use. */
export function injectFault(plan: FaultPlan, mark: Mark): Fault | undefined {
  const fault = plan.faults.find(
    (candidate) => matches(candidate, mark) && plan.random() < candidate.probability,
  )
  if (!fault) return undefined
  fault.injected += 1
  fault.left -= 1
  const name = nameWithFault(fault, mark.names)
  if (name !== undefined) fault.leftByName?.set(name, (fault.leftByName.get(name) ?? 0) - 1)
  return fault
}
