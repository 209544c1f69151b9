import { readFileSync } from 'node:fs'
import type { OperationId } from '@droplock/contracts/console/operations'
import {
  isRole,
  needsProof,
  type Permission,
  PROOF_SECONDS_DEFAULT,
  permissionTable,
  roles,
} from '@droplock/rules/staff'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Ask, Verbatim } from './support/app.ts'
import { expectProblem } from './support/problem.ts'
import { givenRequests } from './support/requests.ts'
import { type Rows, rowsOf } from './support/rows.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        security: z.array(z.object({ session: z.array(z.string()), csrf: z.array(z.string()).optional() })),
        requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
      }),
    ),
  ),
})

const file = new URL(
  import.meta.resolve('@droplock/contracts/errors').replace('src/errors.ts', 'console-openapi.json'),
)
const documented = Object.values(Document.parse(JSON.parse(readFileSync(file, 'utf8'))).paths).flatMap(
  (methods) =>
    Object.entries(methods).map(([method, { operationId, security, requestBody }]) => ({
      id: operationId,
      method,
      hasJson: 'application/json' in (requestBody?.content ?? {}),
      needsSession: security.length > 0,
      needsCsrf: security.some(({ csrf }) => csrf !== undefined),
      permissions: security.flatMap(({ session }) => session),
    })),
)
const behindSignIn = documented.filter(({ needsSession }) => needsSession)
const changes = documented.filter(({ needsCsrf }) => needsCsrf)

/** Every operation with every role that has not its permission. */
const forbidden = documented.flatMap(({ id, permissions }) =>
  permissions.flatMap((permission) => rolesWithout(permission).map((role) => ({ id, role }))),
)

function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissionTable, text)
}

function rolesWith(permission: string): readonly string[] {
  const table: Readonly<Record<string, readonly string[]>> = permissionTable
  return table[permission] ?? []
}

function rolesWithout(permission: string): readonly string[] {
  return roles.filter((role) => !rolesWith(permission).includes(role))
}

const world = useWorld()
let requests: Record<OperationId, Ask>
const people = new Map<string, Person>()
/** The same roles, in sessions whose proof of identity is old. */
const stale = new Map<string, Person>()
let before: Rows

beforeAll(async () => {
  requests = await givenRequests(world)
  for (const role of roles) people.set(role, await givenPerson(world, role))
  for (const role of roles) stale.set(role, await givenPerson(world, role))
  const hourMs = 3_600_000
  // On a busy machine these tests take longer than a proof is recent.
  await proveAt(people, new Date(Date.now() + hourMs))
  await proveAt(stale, new Date(Date.now() - 2 * PROOF_SECONDS_DEFAULT * 1_000))
  before = await rowsOf(world)
})

async function proveAt(those: ReadonlyMap<string, Person>, time: Date): Promise<void> {
  const ids = [...those.values()].map(({ id }) => id)
  const { db } = world.ctx
  await db.updateTable('staff_session').set({ proven_at: time }).where('staff_id', 'in', ids).execute()
}

function requestOf(id: string): Ask {
  const list = id.replace(/File$/, '')
  const ask = Object.entries(requests).find(([operation]) => operation === list)?.[1]
  if (ask === undefined) throw new Error(`no request is written for ${id}`)
  // The file of a list has the path of the list, and the same filters.
  return list === id ? ask : { ...ask, path: ask.path.replace(/(?=\?|$)/, '.csv') }
}

function person(role: string): Person {
  const found = people.get(role)
  if (found === undefined) throw new Error(`nobody has the role ${role}`)
  return found
}

async function expectRefused(response: Response, code: Parameters<typeof expectProblem>[1]) {
  const problem = await expectProblem(response, code)
  expect(await rowsOf(world)).toEqual(before)
  return problem
}

test('the document has operations with and without each guard, so that none of the lists below is empty', () => {
  expect(documented.length).toBeGreaterThan(20)
  expect(changes.length).toBeGreaterThan(8)
  expect(forbidden.length).toBeGreaterThan(25)
})

describe('without a session', () => {
  test.each(behindSignIn)('$id is refused and changes nothing', async ({ id }) => {
    await expectRefused(await world.send(requestOf(id)), 'session_required')
  })

  test.each(behindSignIn)('$id is refused to a cookie that names no session', async ({ id }) => {
    const ask = requestOf(id)
    const headers = { Cookie: `droplock_session=${'x'.repeat(43)}` }
    await expectRefused(await world.send({ ...ask, headers }), 'session_required')
  })
})

describe('without the CSRF token', () => {
  test.each(changes)('$id is refused and changes nothing', async ({ id, permissions }) => {
    const { cookie } = person(permissions.flatMap(rolesWith)[0] ?? 'viewer')
    await expectRefused(
      await world.send({ ...requestOf(id), headers: { Cookie: cookie } }),
      'csrf_token_invalid',
    )
  })

  test.each(changes)('$id is refused with the token of another session', async ({ id, permissions }) => {
    const { cookie } = person(permissions.flatMap(rolesWith)[0] ?? 'viewer')
    const other = await person('viewer')
    const another = cookie === other.cookie ? person('admin') : other
    const headers = { Cookie: cookie, 'X-CSRF-Token': another.csrfToken }
    await expectRefused(await world.send({ ...requestOf(id), headers }), 'csrf_token_invalid')
  })
})

describe('without the role', () => {
  test.each(forbidden)('$id is refused to a $role and changes nothing', async ({ id, role }) => {
    const problem = await expectRefused(await person(role).send(requestOf(id)), 'forbidden')
    expect(documented.find((operation) => operation.id === id)?.permissions).toContain(problem['permission'])
  })
})

describe('without a recent proof of identity', () => {
  const provable = documented.flatMap(({ id, permissions }) =>
    permissions
      .filter((each) => isPermission(each) && needsProof(each))
      .map((permission) => ({ id, permission })),
  )

  test('the list below is not empty', () => expect(provable.length).toBeGreaterThan(8))

  test.each(provable)('$id is refused and changes nothing', async ({ id, permission }) => {
    for (const role of rolesWith(permission)) {
      const response = await stale.get(role)?.send(requestOf(id))
      await expectRefused(response ?? Response.error(), 'step_up_required')
    }
  })
})

describe('from another site', () => {
  const sites: readonly Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://elsewhere.test' },
    { Origin: 'null' },
  ]
  test.each(documented.filter(({ method }) => method !== 'get'))('$id is refused', async ({ id }) => {
    for (const headers of sites) {
      await expectRefused(await person('admin').send({ ...requestOf(id), headers }), 'cross_site_request')
    }
  })
})

describe('with text that no store can keep', () => {
  const illFormed = '\\u0000 \\ud800'
  test.each(documented)('$id is refused by its query, and changes nothing', async ({ id }) => {
    const ask = requestOf(id)
    const path = `${ask.path}${ask.path.includes('?') ? '&' : '?'}q=%00`
    await expectRefused(await person('admin').send({ ...ask, path }), 'malformed_text')
  })

  const bodied = documented.filter(({ hasJson }) => hasJson)
  test.each(bodied)('$id is refused by its body, and changes nothing', async ({ id, permissions }) => {
    const role = permissions.flatMap(rolesWith)[0] ?? 'admin'
    for (const body of [`{"note":"${illFormed}"}`, `{"${illFormed}":1}`, `[[{"a":["${illFormed}"]}]]`]) {
      await expectRefused(
        await person(role).send({ ...requestOf(id), body: new Verbatim(body) }),
        'malformed_text',
      )
    }
  })
})

describe('with all that is asked for', () => {
  const allowed = documented.flatMap(({ id, permissions }) =>
    permissions.flatMap((permission) => rolesWith(permission).map((role) => ({ id, role }))),
  )
  test.each(allowed)(
    '$id is not refused to a $role, so that the refusals above mean something',
    async (each) => {
      expect(isRole(each.role)).toBe(true)
      const response = await person(each.role).send(requestOf(each.id))
      expect([200, 201, 403, 409, 412]).toContain(response.status)
      // A file that the client does not read keeps a turn.
      if (response.status !== 403) await response.body?.cancel()
      // The proposal is of a kind that is not an admin's to decide, which is known once it is read.
      const isOfAnotherKind = each.id === 'approveProposal' && each.role === 'admin'
      if (response.status === 403)
        await expectProblem(response, isOfAnotherKind ? 'forbidden' : 'decider_is_proposer')
    },
  )
})
