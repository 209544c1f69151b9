import { type Random, stream } from '../random.ts'
import type { FaultKind } from './records.ts'

/**
 * A planned cut of the connection around a create's commit; the client never gets the answer. `on: 'commit'` strikes
 * only creates that would be answered 1000, `on: 'any'` every create.
 */
export type FaultOrder = {
  readonly kind: FaultKind
  readonly on: 'commit' | 'any'
  readonly names?: readonly string[] | undefined
  /** Strikes left; for `names`, per name. Absent: no end. */
  readonly count?: number | undefined
  /** The chance that a matching create is struck. */
  readonly probability: number
}

export type Fault = {
  readonly id: number
  readonly kind: FaultKind
  readonly on: 'commit' | 'any'
  readonly probability: number
  readonly leftByName: Map<string, number> | undefined
  left: number
  struck: number
}

export type FaultPlan = { readonly random: Random; readonly faults: Fault[]; given: number }

/** More plans than this are a mistake of the caller. */
export const FAULTS_MAX = 1000

export function makeFaultPlan(seed: number, registryId: string): FaultPlan {
  return { random: stream(seed, registryId, 'faults'), faults: [], given: 0 }
}

export function orderFault(plan: FaultPlan, order: FaultOrder): Fault {
  const count = order.count ?? Number.POSITIVE_INFINITY
  plan.given += 1
  const fault: Fault = {
    id: plan.given,
    kind: order.kind,
    on: order.on,
    probability: order.probability,
    leftByName: order.names && new Map(order.names.map((name) => [name, count])),
    left: order.names ? Number.POSITIVE_INFINITY : count,
    struck: 0,
  }
  plan.faults.push(fault)
  return fault
}

function matches(fault: Fault, name: string, commits: boolean): boolean {
  if (fault.on === 'commit' && !commits) return false
  return fault.leftByName ? (fault.leftByName.get(name) ?? 0) > 0 : fault.left > 0
}

/** The fault that strikes this create, if any; it is used up by one. */
export function strike(plan: FaultPlan, name: string, commits: boolean): Fault | undefined {
  const fault = plan.faults.find(
    (candidate) => matches(candidate, name, commits) && plan.random() < candidate.probability,
  )
  if (!fault) return undefined
  fault.struck += 1
  fault.left -= 1
  fault.leftByName?.set(name, (fault.leftByName.get(name) ?? 0) - 1)
  return fault
}
