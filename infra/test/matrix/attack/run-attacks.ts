import { origin } from '../../../../apps/marketplace/test/support/processes.ts'
import { REGISTRY } from '../../../../packages/core/test/support/world.ts'
import { password as staffPassword } from '../../doors/world.ts'
import { endlessBodies, jsonBombs } from './bodies.ts'
import { besideVisitors, connectionsOfOneSource, floodOf, inventedKey, pipelining } from './floods.ts'
import { sourceBombs, uploadBombs } from './lists.ts'
import { lockOut, longCounts, longPauses } from './lock-out.ts'
import { uploadBytesMax, uploadMsMax, webhookSecret } from './servers.ts'
import { requestShapes } from './shapes.ts'
import { silence, slowBodies, slowHeaders, slowReaders } from './slow.ts'
import type { Stage } from './stage.ts'
import { type Attack, type Attacked, refusalsOf, type Target, underAttack } from './target.ts'
import { memberWalk, roleWalk, tenantWalk } from './walks.ts'
import { forgedWebhooks } from './webhooks.ts'

/** How much of it: the share is part of every `npm test`. */
export type Size = 'share' | 'whole'

const floodMs = { share: 500, whole: 5_000 } as const

/** How late a process may notice that a request's time is over. Milliseconds. */
const CLOSING_MS = 5_000

const memberPassword = 'correct horse battery staple'

/** Runs every attack, one after the other, but those that take their time: these run at all processes at once. */
export async function runAttacks(
  stage: Stage,
  size: Size,
  done: (attacked: Attacked) => void,
): Promise<readonly Attacked[]> {
  const { targets } = stage
  const all: Attacked[] = []
  const attack = async (target: Target, attacks: readonly Attack[]) => {
    for (const each of attacks.filter(({ isLong }) => size === 'whole' || !isLong)) {
      const attacked = await underAttack(target, each)
      all.push(attacked)
      done(attacked)
    }
  }
  for (const target of Object.values(targets)) target.quiet = await measureQuiet(target)
  await attack(targets.gateway, await gatewayAttacks(stage, floodMs[size]))
  await attack(targets['console-api'], await consoleAttacks(stage, floodMs[size]))
  await attack(targets.marketplace, marketplaceAttacks(stage, floodMs[size]))
  await attack(targets.worker, [
    healthFlood(floodMs[size]),
    requestShapes('/healthz'),
    sourceBombs(stage.ctx),
  ])
  await attack(targets.catcher, [healthFlood(floodMs[size]), requestShapes('/healthz')])
  if (size === 'whole')
    await Promise.all(
      Object.values(targets).map(async (target) => attack(target, await slowAttacks(stage, target))),
    )
  return all
}

/** What the good client sees when nobody attacks. */
async function measureQuiet({ app, good, server }: Target) {
  await good.take()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const quiet = await good.take()
  const [refused] = refusalsOf(quiet)
  if (refused !== undefined)
    throw new Error(`${app}, without an attack: ${refused}; ${server.errors().join(' ')}`)
  return quiet
}

function bearer(key: string) {
  return { authorization: `Bearer ${key}` }
}

async function gatewayAttacks(
  { ctx, people, known, attackersKey }: Stage,
  forMs: number,
): Promise<readonly Attack[]> {
  const ordering = () => ({ ...bearer(people.keys.rich), 'idempotency-key': ctx.newId() })
  const search = { path: '/v1/listings?q=n10&limit=100', headers: bearer(attackersKey) }
  const answers = ['200', '429']
  return [
    floodOf({ name: 'a flood with a valid key', forMs, shotOf: () => search, answers }),
    floodOf({
      name: 'a flood without a key',
      forMs,
      shotOf: () => ({ path: '/v1/balance' }),
      answers: ['401', '429'],
    }),
    floodOf({
      name: 'a flood with invented keys, of 200 sources',
      forMs,
      sources: 200,
      shotOf: () => ({ path: '/v1/balance', headers: inventedKey() }),
      answers: ['401', '429'],
    }),
    connectionsOfOneSource(800),
    pipelining('/v1/listings', bearer(attackersKey)),
    requestShapes('/v1/balance'),
    jsonBombs('/v1/backorders', ordering),
    endlessBodies('/v1/backorders', { ...bearer(people.keys.rich), 'Idempotency-Key': 'one' }),
    forgedWebhooks(ctx, webhookSecret, (known.ids['payments'] ?? []).slice(0, 3)),
    tenantWalk(known, people.keys.other, ctx.newId),
  ]
}

async function consoleAttacks(
  { ctx, known, sessionOf, targets }: Stage,
  forMs: number,
): Promise<readonly Attack[]> {
  const { cookie, csrfToken } = await sessionOf('operator')
  const operator = { cookie, 'x-csrf-token': csrfToken }
  const { url } = targets['console-api'].server
  const victim = { email: 'victim@doors.test', password: staffPassword }
  const shotOf = ({ email, password }: typeof victim, sent?: string) => ({
    method: 'POST',
    path: '/api/session',
    headers: { 'content-type': 'application/json', ...(sent !== undefined && { cookie: sent }) },
    body: JSON.stringify({ email, password }),
  })
  const device = cookiesOf(await fetch(`${url}/api/session`, shotOf(victim))).filter((text) =>
    text.startsWith('droplock_device'),
  )
  const upload = `/api/sync-runs?registry_id=${REGISTRY}&file_name=1_domain-drop-list.csv`
  return [
    floodOf({
      name: 'a flood without a session',
      forMs,
      shotOf: () => ({ path: '/api/today' }),
      answers: ['401', '429'],
    }),
    connectionsOfOneSource(800),
    pipelining('/api/today'),
    requestShapes('/api/today'),
    jsonBombs('/api/session', () => ({})),
    {
      ...endlessBodies(upload, operator, { type: 'application/octet-stream', bytesMax: uploadBytesMax }),
      // An upload that its attacker has left may be read until its time is over.
      closedMsMax: uploadMsMax + CLOSING_MS,
    },
    uploadBombs(operator),
    lockOut({
      shotOf,
      victim: { ...victim, known: device.join('; ') },
      guesses: 200,
      sources: 25,
      ok: '200',
      elsewhere: '401',
      look: () => longPauses(ctx),
    }),
    roleWalk(known, sessionOf),
  ]
}

function marketplaceAttacks({ ctx, members: { owner, cookieOf } }: Stage, forMs: number): readonly Attack[] {
  const json = { origin, 'content-type': 'application/json' }
  const somebody = ctx.newId()
  return [
    floodOf({
      name: 'a flood of visitors',
      forMs,
      shotOf: () => ({ path: '/api/v1/listings?limit=50' }),
      answers: ['200', '429'],
    }),
    besideVisitors(
      floodOf({
        name: 'a flood of searches of which none is like another',
        forMs,
        lanes: 150,
        shotOf: (lane, turn) => ({ path: `/api/v1/listings?q=word${lane}x${turn}` }),
        answers: ['200', '429'],
      }),
    ),
    connectionsOfOneSource(800),
    pipelining('/api/v1/listings'),
    requestShapes('/healthz'),
    jsonBombs('/auth/sign-in/email', () => json),
    endlessBodies('/auth/sign-in/email', { Origin: origin }),
    lockOut({
      shotOf: ({ email, password }, cookie) => ({
        method: 'POST',
        path: '/auth/sign-in/email',
        headers: { ...json, ...(cookie !== undefined && { cookie }) },
        body: JSON.stringify({ email, password, callbackURL: '/en/account' }),
      }),
      victim: { email: owner.email, password: memberPassword, known: owner.cookie },
      guesses: 130,
      sources: 20,
      ok: '204',
      // For an hour at most, from the first of a hundred guesses.
      elsewhere: '429',
      look: () => longCounts(ctx),
    }),
    memberWalk({
      origin,
      cookieOf,
      newId: ctx.newId,
      ownersPaths: [
        { method: 'POST', path: '/people/all', body: { email: 'another@example.test', role: 'owner' } },
        { method: 'POST', path: `/people/all/${somebody}/role`, body: { role: 'owner' } },
        { method: 'DELETE', path: `/people/all/${somebody}` },
        { method: 'POST', path: '/people/account/close', body: { password: memberPassword } },
      ],
    }),
  ]
}

function healthFlood(forMs: number): Attack {
  return floodOf({
    name: 'a flood of probes',
    forMs,
    shotOf: () => ({ path: '/metrics' }),
    answers: ['200'],
  })
}

/** Connections that are held with as little as is needed. */
async function slowAttacks(
  { people, attackersKey, sessionOf, targets }: Stage,
  target: Target,
): Promise<readonly Attack[]> {
  const usual = [silence(300), slowHeaders('/healthz')]
  if (target === targets.gateway)
    return [
      ...usual,
      slowBodies('/v1/backorders', bearer(people.keys.rich)),
      slowReaders({
        name: 'streams of events that are not read',
        lines: 100,
        request: `GET /v1/events/stream HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${attackersKey}\r\n\r\n`,
        forMs: 10_000,
      }),
      slowReaders({
        name: 'the API document, an octet a second',
        lines: 200,
        request: 'GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n',
        forMs: 10_000,
      }),
    ]
  if (target === targets['console-api']) {
    const { cookie } = await sessionOf('finance')
    const { cookie: another } = await sessionOf('finance_approver')
    const path = '/api/exports/ledger.csv?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z'
    return [
      ...usual,
      slowBodies('/api/session'),
      slowReaders({
        name: 'exports, an octet a second',
        lines: 50,
        request: `GET ${path} HTTP/1.1\r\nHost: test\r\nCookie: ${cookie}\r\n\r\n`,
        forMs: 10_000,
        meanwhile: async () => {
          const response = await fetch(`${target.server.url}${path}`, { headers: { cookie: another } })
          await response.text()
          return response.ok ? [] : [`another person's export is answered with ${response.status}`]
        },
      }),
    ]
  }
  if (target === targets.marketplace) return [...usual, slowBodies('/auth/sign-in/email', { Origin: origin })]
  return usual
}

/** The cookies that an answer sets, as they are sent back. */
function cookiesOf(response: Response): readonly string[] {
  return response.headers.getSetCookie().map((text) => text.split(';', 1)[0] ?? '')
}
