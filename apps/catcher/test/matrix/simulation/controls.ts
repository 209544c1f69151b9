import type { Statement, StatementResult } from '@droplock/core/testing/simulated-connections'
import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { encodeFrame } from '@droplock/epp/framing'
import { Failures } from '@droplock/epp/pool/failures'
import type { Kind } from './scenario.ts'
import type { Line } from './sending.ts'

/**
 * A protection that is taken away by what surrounds the product: what the database answers, what arrives on a line, what is written after a
 * commit. The checks must notice that it is missing within `seedsMax` scenarios.
 */
export type Control = {
  readonly name: string
  readonly seedsMax: number
  /** Where a rare case is near, so that the search is short; left out, the run's first. */
  readonly fromSeed?: number
  /** The scenarios in which it matters; left out, all. */
  readonly kind?: Kind
  /** What the checks must say. */
  readonly found: RegExp
  /** What a statement of a process is answered instead of being carried out. */
  readonly instead?: (statement: Statement) => StatementResult | undefined
  /** What else is written when these statements were committed. */
  readonly committed?: (texts: readonly string[], server: SimulatedServer) => void
  /** What a process receives when its connection ends. */
  readonly ending?: (line: Line) => Buffer | undefined
  /** Changes the product's code in memory. The returned function changes it back. */
  readonly replace?: () => () => void
}

const answered = (rows: readonly unknown[]): StatementResult => ({
  command: 'UPDATE',
  rowCount: rows.length,
  rows: [...rows],
})

/** Without the database's own protections, as if they had been forgotten too. */
const unprotected = (server: SimulatedServer, statement: string) =>
  server.rows(`begin; set local session_replication_role = replica; ${statement}; commit`)

const isDeciding = (texts: readonly string[]) =>
  texts.some((text) => /update backorder set state = failed/.test(text))

export const controls: readonly Control[] = [
  {
    name: 'a lease that was not renewed is believed to be held',
    seedsMax: 5,
    found: /after the end of the lease|without the lease/,
    instead: ({ text }) => (/set lease_expires_at/.test(text) ? answered([{}]) : undefined),
  },
  {
    name: 'creates are sent before it is written that the name is tried',
    seedsMax: 5,
    found: /it is not written that it is tried/,
    instead: ({ text, values }) => {
      const ids = values.find((value) => Array.isArray(value))
      if (!/insert into target_try[^]*'firing'/.test(text) || !Array.isArray(ids)) return undefined
      return answered(ids.map((id: unknown) => ({ id })))
    },
  },
  {
    name: 'a create counts against the budget when it is answered, not when it is sent',
    seedsMax: 60,
    fromSeed: 255,
    kind: 'budget',
    found: /the registry's rule failedCreates was broken/,
    replace: countLate,
  },
  {
    name: 'the budget that a predecessor used is forgotten',
    seedsMax: 20,
    kind: 'budget',
    found: /the registry's rule failedCreates was broken/,
    instead: ({ text }) => (/with failed as/.test(text) ? answered([]) : undefined),
  },
  {
    name: 'what a predecessor spent of the budget and had no time to record is forgotten',
    seedsMax: 60,
    fromSeed: 750,
    kind: 'budget',
    found: /the registry's rule failedCreates was broken/,
    committed: (texts, server) => {
      if (texts.some((text) => /failures_reserved =/.test(text)))
        unprotected(server, 'update registry_account set failures_reserved = 0')
    },
  },
  {
    name: 'a create without an answer is taken for a refusal',
    seedsMax: 20,
    found: /is registered for us|failed as refused/,
    ending: ({ open }) => {
      const create = open.find(({ verb }) => verb === 'create')
      return create?.clTRID === undefined ? undefined : refusalOf(create.clTRID)
    },
  },
  {
    name: 'a failed order is refunded twice',
    seedsMax: 5,
    found: /has 2 refunds|was refunded/,
    committed: (texts, server) => {
      if (!isDeciding(texts)) return
      unprotected(
        server,
        `insert into refund select again.* from refund, jsonb_populate_record(null::refund,
          to_jsonb(refund) || jsonb_build_object('id', gen_random_uuid(), 'retries_refund_id', refund.id, 'proposed_by', gen_random_uuid())) as again
        where refund.retries_refund_id is null and not exists (select from refund as retry where retry.retries_refund_id = refund.id)`,
      )
    },
  },
  {
    name: 'an outcome is overwritten by a later one',
    seedsMax: 20,
    found: /was decided as/,
    committed: (texts, server) => {
      if (texts.some((text) => /lease_expires_at/.test(text)))
        unprotected(
          server,
          `update catch_target set decided_code = 2302, holder_clid = 'rival-b' where state = 'lost'`,
        )
    },
  },
]

/** What a registry answers to a create that its policy refuses. */
function refusalOf(clTRID: string): Buffer {
  return encodeFrame(`<?xml version="1.0" encoding="UTF-8"?>
    <epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><response><result code="2304"><msg>Object status prohibits operation</msg></result>
    <trID><clTRID>${clTRID}</clTRID><svTRID>control</svTRID></trID></response></epp>`)
}

/** Commands that are in flight are left out of the count. */
function countLate(): () => void {
  const { begin, left } = Failures.prototype
  const open = new WeakMap<Failures, number>()
  Failures.prototype.left = function (): number {
    return left.call(this) + (open.get(this) ?? 0)
  }
  Failures.prototype.begin = function (count = 1) {
    const end = begin.call(this, count)
    if (end === undefined) return undefined
    open.set(this, (open.get(this) ?? 0) + count)
    return (outcome) => {
      open.set(this, (open.get(this) ?? 0) - count)
      end(outcome)
    }
  }
  return () => Object.assign(Failures.prototype, { begin, left })
}
