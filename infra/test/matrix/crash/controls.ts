import type { TrustControl } from '@droplock/core/testing/trust-result'
import type { Client } from 'pg'
import type { Tell } from '../service/tell-wrong.ts'
import { type Cell, cells } from './cells.ts'
import { judgeHistory } from './judge-history.ts'
import { makeRound } from './round.ts'
import { runCells } from './run-crash.ts'
import { said } from './said.ts'
import { onStage, type Stage } from './stage.ts'

/** A protection that is taken away in the database of the run, and what then has to be noticed. */
type Control = {
  readonly name: string
  readonly prepare?: (client: Client) => Promise<void>
  /** The same work, kills and judgement as elsewhere. What was found. */
  readonly play: (stage: Stage) => Promise<readonly string[]>
  /** Something is waited for that never ends. */
  readonly isSlow?: true
  /** The violation that the missing protection leads to: any other would prove nothing. */
  readonly leadsTo: RegExp
}

/** What never ends is waited for no longer than this. */
const PATIENCE_MS = 25_000

const controls: readonly Control[] = [
  {
    name: 'commits are answered before they are on disk, and PostgreSQL is killed',
    prepare: (client) =>
      inTurn(client, [
        'alter system set synchronous_commit = off',
        `alter system set wal_writer_delay = '10s'`,
        `alter system set wal_writer_flush_after = '1GB'`,
        'select pg_reload_conf()',
      ]),
    play: async (stage) => {
      const round = makeRound(stage, 0)
      await round.run('publish')
      await stage.checkpoint()
      await round.run('place')
      await stage.kill('postgres')
      return judgeHistory(stage)
    },
    leadsTo: /acknowledged and is lost/,
  },
  {
    name: 'a name has room for two holders: no constraint, and no holder is noted',
    prepare: (client) =>
      inTurn(client, [
        'drop index one_backorder_per_listing, one_live_backorder_per_name',
        `create function crash.forget_holder() returns trigger language plpgsql as
          $$ begin new.holder := null; return new; end $$`,
        `create trigger zz_forget_holder before update of holder on listing
          for each row execute function crash.forget_holder()`,
      ]),
    play: async (stage) => {
      const round = makeRound(stage, 0)
      await round.run('publish')
      await round.run('place')
      return judgeHistory(stage)
    },
    leadsTo: /2 orders of .* were acknowledged/,
  },
  {
    name: 'the answer to an Idempotency-Key is not kept with the work, and the gateway is killed',
    prepare: (client) =>
      inTurn(client, [
        `create function crash.forget_answer() returns trigger language plpgsql security definer as
          $$ begin delete from idempotency_key where account_id = new.account_id and key = new.key; return null; end $$`,
        `create trigger zz_forget_answer after insert on idempotency_key
          for each row execute function crash.forget_answer()`,
      ]),
    play: (stage) => playCell(stage, /^place: a name is ordered.*gateway after commit/),
    leadsTo: /orders, and \d+ were acknowledged/,
  },
  {
    name: 'the provider does not know a refund again by its key, and the worker is killed',
    play: async (stage) => {
      stage.provider.forgetKeys()
      return playCell(stage, /^refund: the provider has paid it worker/, 40)
    },
    leadsTo: /the provider paid \d+ refunds/,
  },
  {
    name: 'the claim of a webhook has no end, and the worker is killed',
    prepare: (client) =>
      inTurn(client, [
        `create function crash.claim_for_ever() returns trigger language plpgsql as
          $$ begin new.try_after := 'infinity'; return new; end $$`,
        `create trigger zz_claim_for_ever before update on event_delivery
          for each row when (new.taken_by is not null) execute function crash.claim_for_ever()`,
      ]),
    play: (stage) => playCell(stage, /^webhook: it is claimed worker after commit/),
    isSlow: true,
    leadsTo: /webhooks are not delivered/,
  },
  {
    name: 'the lease of a registry account has no end, and the catcher is killed',
    prepare: (client) =>
      inTurn(client, [
        `create function crash.lease_for_ever() returns trigger language plpgsql as
          $$ begin new.lease_expires_at := 'infinity'; return new; end $$`,
        `create trigger zz_lease_for_ever before update on registry_account
          for each row when (new.lease_owner is not null) execute function crash.lease_for_ever()`,
      ]),
    play: (stage) => playCell(stage, /^fire: a name is about to be tried catcher before commit/),
    isSlow: true,
    leadsTo: /orders are undecided/,
  },
]

/** Takes each protection away once, and has the same checks look at what follows. */
export async function tryControls(
  which: 'quick' | 'all',
  tell: Tell,
): Promise<{ readonly found: readonly TrustControl[]; readonly kills: number }> {
  const found: TrustControl[] = []
  let kills = 0
  for (const { name, prepare, play, leadsTo } of controls.filter(
    ({ isSlow }) => which === 'all' || isSlow !== true,
  )) {
    const options = { patienceMs: PATIENCE_MS, ...(prepare && { prepare }) }
    const violations = await onStage(options, async (stage) => {
      const noticed = await play(stage).catch((error: unknown) => [said(error)])
      kills += stage.kills()
      return noticed
    })
    const caught = violations.some((violation) => leadsTo.test(violation))
    found.push({ name, caught })
    tell(`${caught ? 'noticed' : 'NOT NOTICED'}: ${name}: ${violations.join('; ').slice(0, TOLD_MAX)}`)
  }
  return { found, kills }
}

const TOLD_MAX = 400

async function playCell(stage: Stage, which: RegExp, refundPercent?: number): Promise<readonly string[]> {
  const wanted = cells.filter((cell) => which.test(nameOf(cell)))
  if (wanted.length !== 1) throw new Error(`${which} is ${wanted.length} cells`)
  const found = await runCells(stage, wanted, () => undefined, refundPercent)
  return found.flatMap(({ violations }) => violations)
}

const nameOf = ({ step, victim, moment }: Cell) => `${step} ${victim} ${moment}`

/** Some of these statements are refused together. */
async function inTurn(client: Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement)
}
