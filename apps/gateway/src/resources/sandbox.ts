import { randomInt } from 'node:crypto'
import { DomainName, Id, NameInput, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import { listingStates } from '@droplock/contracts/common/words'
import * as core from '@droplock/core/sandbox/read'
import { requestDrop } from '@droplock/core/sandbox/request-drop'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { timeScales } from '@droplock/rules/sandbox-drops'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, made, onceByKey, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { readName } from './listings.ts'

/**
 * How names end, by what their labels begin with. For readers only: no part of the service decides by it but the simulated registry and the
 * sandbox of payments, which have it from the name.
 */
export const sandboxKinds = [
  { label: 'caught-*', ends: 'It is released as predicted, and caught. So is a name with any other label.' },
  { label: 'lost-*', ends: 'Another registrar registers it in the moment of its release: `lost`, refunded.' },
  {
    label: 'premium-*',
    ends: 'Its registry sells it at a premium price when it drops: `premium`, refunded.',
  },
  {
    label: 'withdrawn-*',
    ends: 'Its old registrar restores it in the last seconds before the drop: `withdrawn`, refunded.',
  },
  { label: 'missed-*', ends: 'Its registry does not release it: `missed` after the grace, refunded.' },
  { label: 'late-*', ends: 'Its registry releases it after its window and within the grace: caught.' },
  {
    label: 'refundfails-*',
    ends: 'It is lost. Paid by card, its refund fails: `refund.failed`. To have the time to pay, list it with `time_scale` 1, and when it is paid ask for its drop again.',
  },
] as const

const DroppingName = z
  .object({
    name: DomainName,
    listing_state: z.enum(listingStates).optional().openapi({ description: 'Absent until it is listed' }),
    cutoff_at: Time.optional(),
    drop_from: Time.optional(),
    drop_to: Time.optional(),
    backorder_id: Id.optional().openapi({ description: 'Your last order of it' }),
  })
  .openapi('SandboxName')

export const SandboxDrop = z
  .object({
    id: Id,
    state: z.enum(['preparing', 'running', 'ended']).openapi({
      description:
        '`preparing`: its names are not all on the list yet, which takes a few seconds. `ended`: all of them have ended',
    }),
    time_scale: z.int(),
    created_at: Time,
    drops_at: Time.openapi({ description: 'When the registry is to release the names' }),
    ends_at: Time.openapi({ description: 'By then every name has ended' }),
    names: z.array(DroppingName),
  })
  .openapi('SandboxDrop')

export const Sandbox = z
  .object({
    zone: z.string().openapi({ description: 'Of your account alone', example: 'qmbadtgk.sandbox' }),
    kinds: z.array(z.object({ label: z.string(), ends: z.string() }).openapi('SandboxKind')),
    time_scale: z.object({ min: z.int(), usual: z.int(), max: z.int() }),
    drops: z.array(SandboxDrop).openapi({ description: 'Those that have not ended, the newest first' }),
  })
  .openapi('Sandbox')

/** As many as a person looks at; more are another drop. */
const NAMES_MAX = 20

const CreateSandboxDrop = z
  .strictObject({
    names: z.array(NameInput).min(1).max(NAMES_MAX).optional().openapi({
      description:
        'Names below your zone. One that is listed already and has not dropped moves to the new time, with its order. Absent: one of each kind, with labels that were not used before',
    }),
    time_scale: z.int().min(timeScales.min).max(timeScales.max).default(timeScales.usual).openapi({
      description:
        'How many times faster than a real one the day passes from list to drop: 1,440 (the default) is a minute, 2,880 half a minute, 1 a day. For a payment by card use 100 or less',
    }),
  })
  .openapi('CreateSandboxDrop')

const tags = ['Sandbox']

const getSandbox = createRoute({
  operationId: 'getSandbox',
  method: 'get',
  path: '/v1/sandbox',
  tags,
  summary: 'Read your sandbox: its zone, how its names end, and the drops under way',
  description:
    'With a test key. Only your account sees the zone, its names and their listings; how a name ends is in its label. Your other requests for these names are those for any name.',
  security: keyWith('listings:read'),
  responses: { 200: json(Sandbox, 'Your sandbox'), ...problems('sandbox_only') },
})

const createSandboxDrop = createRoute(
  onceByKey({
    operationId: 'createSandboxDrop',
    method: 'post',
    path: '/v1/sandbox/drops',
    tags,
    summary: 'Have names of your sandbox dropped',
    description:
      'The names come onto the list of a simulated registry and are published, can be ordered, and drop; everything but the registry is real. Orders close 15 seconds before the drop.',
    security: keyWith('backorders:write'),
    request: { body: body(CreateSandboxDrop) },
    responses: {
      202: made(SandboxDrop, 'drop', 'The drop is accepted; its names are listed within seconds'),
      ...problems(
        ...bodyProblems,
        'invalid_name',
        'sandbox_only',
        'outside_sandbox',
        'sandbox_name_used',
        'sandbox_limit_reached',
      ),
    },
  }),
)

const getSandboxDrop = createRoute({
  operationId: 'getSandboxDrop',
  method: 'get',
  path: '/v1/sandbox/drops/{id}',
  tags,
  summary: 'Read a drop of your sandbox, with the state of each name',
  description: 'Your orders of the names have their own states, events and refunds, as at any drop.',
  security: keyWith('listings:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(SandboxDrop, 'The drop'),
    ...problems('invalid_request', 'sandbox_drop_not_found'),
  },
})

export const sandboxOperations = { getSandbox, createSandboxDrop, getSandboxDrop }

export function mountSandbox(app: Gateway): void {
  app.openapi(getSandbox, async (c) => {
    const { zone, drops } = await core.getSandbox(c.var.ctx)
    const presented = drops.map((drop) => wire(drop))
    return reply(c, 200, Sandbox, {
      zone,
      kinds: [...sandboxKinds],
      time_scale: timeScales,
      drops: presented,
    })
  })

  app.openapi(createSandboxDrop, async (c) => {
    const { names, time_scale: timeScale } = c.req.valid('json')
    return replyOnce(c, 202, SandboxDrop, async (ctx) => {
      const wanted =
        names?.map((name, index) => readName(name, { pointer: `/names/${index}` })) ??
        oneOfEach(await core.findSandboxZone(ctx))
      const id = await requestDrop(ctx, { names: wanted, timeScale })
      return { value: wire(await core.viewRequested(ctx, id)), location: `/v1/sandbox/drops/${id}` }
    })
  })

  app.openapi(getSandboxDrop, async (c) =>
    reply(c, 200, SandboxDrop, wire(await core.getSandboxDrop(c.var.ctx, c.req.valid('param').id))),
  )
}

/** Six digits: no two drops of an account are likely to have the same. */
const SUFFIXES = 1_000_000

function oneOfEach(zone: string): readonly string[] {
  const suffix = String(randomInt(SUFFIXES)).padStart(6, '0')
  return sandboxKinds.map(({ label }) => `${label.replace('*', suffix)}.${zone}`)
}
