import type { FailPoint, Moment, Write } from './fail-points.ts'
import { stopAtWrite } from './fail-points.ts'
import { stopAtCreate } from './registry-fault.ts'
import type { Phase, Round } from './round.ts'
import type { Stage, Victim } from './stage.ts'

/** A process that is killed at a step: the step is recognised by a write, or by what another service has done. */
export type Cell = {
  readonly step: string
  readonly phase: Phase
  readonly victim: Victim
  readonly moment: Moment | 'before the answer'
  readonly arm: (stage: Stage, round: Round) => Promise<FailPoint>
  /** The list of the round comes from an operator. */
  readonly isUploaded?: true
}

/** A step of the matrix: the app that does it, and the write by which it is recognised. */
type Step = {
  readonly step: string
  readonly phase: Phase
  readonly app: Exclude<Victim, 'postgres'>
  readonly write: Omit<Write, 'by'>
  readonly isUploaded?: true
}

const becomes = (state: string) => `new.state = '${state}' and old.state <> '${state}'`

const steps: readonly Step[] = [
  {
    step: 'publish: names are listed',
    phase: 'publish',
    app: 'worker',
    write: { table: 'listing', on: 'insert' },
  },
  {
    step: 'publish: a list is published',
    phase: 'publish',
    app: 'worker',
    write: { table: 'sync_run', on: 'update', when: becomes('published') },
  },
  {
    step: 'publish: an operator uploads a list',
    phase: 'publish',
    app: 'console-api',
    write: { table: 'listing', on: 'insert' },
    isUploaded: true,
  },
  {
    step: 'place: a name is ordered, and the answer stored',
    phase: 'place',
    app: 'gateway',
    // Parts of a transaction check what is deferred at their end: this is the last write of the whole.
    write: { table: 'idempotency_key', on: 'insert' },
  },
  {
    step: 'pay: an event of the provider comes',
    phase: 'pay',
    app: 'gateway',
    write: { table: 'provider_event', on: 'insert' },
  },
  {
    step: 'pay: an order is secured',
    phase: 'pay',
    app: 'worker',
    write: { table: 'backorder', on: 'update', when: becomes('backordered') },
  },
  {
    step: 'fire: a name is about to be tried',
    phase: 'drop',
    app: 'catcher',
    write: { table: 'catch_target', on: 'update', when: becomes('firing') },
  },
  {
    step: 'settle: a name is ours',
    phase: 'drop',
    app: 'catcher',
    write: { table: 'catch_target', on: 'update', when: becomes('registered') },
  },
  {
    step: 'settle: a name is lost',
    phase: 'drop',
    app: 'catcher',
    write: { table: 'catch_target', on: 'update', when: becomes('lost') },
  },
  {
    step: 'refund: it is proposed',
    phase: 'refund',
    app: 'console-api',
    write: { table: 'refund', on: 'insert' },
  },
  {
    step: 'refund: it is approved',
    phase: 'refund',
    app: 'console-api',
    write: { table: 'refund', on: 'update', when: becomes('approved') },
  },
  {
    step: 'refund: it is claimed',
    phase: 'refund',
    app: 'worker',
    write: { table: 'refund', on: 'update', when: becomes('processing') },
  },
  {
    step: 'refund: it is paid',
    phase: 'refund',
    app: 'worker',
    write: { table: 'refund', on: 'update', when: becomes('succeeded') },
  },
  {
    step: 'webhook: an event is numbered',
    phase: 'deliver',
    app: 'worker',
    write: { table: 'event', on: 'update', when: 'new.position is not null and old.position is null' },
  },
  {
    step: 'webhook: it is claimed',
    phase: 'deliver',
    app: 'worker',
    write: { table: 'event_delivery', on: 'update', when: 'new.attempts > old.attempts' },
  },
  {
    step: 'webhook: it is delivered',
    phase: 'deliver',
    app: 'worker',
    write: { table: 'event_delivery', on: 'update', when: becomes('delivered') },
  },
]

const moments: readonly Moment[] = ['before commit', 'after commit']

/** Each step with the app that does it, and with PostgreSQL, before and after its commit. */
const atWrites: readonly Cell[] = steps.flatMap(({ step, phase, app, write, isUploaded }) =>
  [app, 'postgres' as const].flatMap((victim) =>
    moments.map((moment) => ({
      step,
      phase,
      victim,
      moment,
      arm: ({ postgres }: Stage) => stopAtWrite(postgres.url, { ...write, by: roleOf(app) }, moment),
      ...(isUploaded && { isUploaded }),
    })),
  ),
)

/** Somebody else has done what was asked, and we have not heard of it. */
const elsewhere = [
  {
    step: 'place: the provider has made the payment',
    phase: 'place',
    app: 'gateway',
    arm: async ({ provider }: Stage) => provider.stopAtAnswer('/v1/intents'),
  },
  {
    step: 'fire: the registry has registered the name',
    phase: 'drop',
    app: 'catcher',
    arm: ({ environment }: Stage, { names }: Round) => stopAtCreate(environment, names.card),
  },
  {
    step: 'refund: the provider has paid it',
    phase: 'refund',
    app: 'worker',
    arm: async ({ provider }: Stage) => provider.stopAtAnswer('/v1/refunds'),
  },
  {
    step: 'webhook: the receiver has it',
    phase: 'deliver',
    app: 'worker',
    arm: async ({ receiver }: Stage) => receiver.stopAtWebhook(),
  },
] as const

const beforeAnswers: readonly Cell[] = elsewhere.flatMap(({ step, phase, app, arm }) =>
  [app, 'postgres' as const].map((victim) => ({
    step,
    phase,
    victim,
    moment: 'before the answer' as const,
    arm,
  })),
)

export const cells: readonly Cell[] = [...atWrites, ...beforeAnswers]

/** How the login of an app ends. */
const roleOf = (app: string) => app.replace('-', '_')
