import { type Scope, scopes } from '@droplock/rules/accounts'
import { type MemberRole, memberRoles, scopesOfMember } from '@droplock/rules/members'
import { permissionTable, roles } from '@droplock/rules/staff'
import { z } from 'zod'
import type { OperationId } from '../../../../apps/gateway/src/operations.ts'
import type { Ask } from '../../../../apps/gateway/test/support/app.ts'
import { someId, wellFormed } from '../../../../apps/gateway/test/support/requests.ts'
import { type Operation, operationsOf } from '../../../../packages/contracts/test/support/documented.ts'
import { type Generated, requestsOf } from '../../doors/generate.ts'
import type { Known } from '../../doors/schema-values.ts'
import { count, type Statuses } from './attackers.ts'
import type { Attack } from './target.ts'

type Headers = Readonly<Record<string, string>>

type Answer = { readonly status: number; readonly text: string; readonly code: string }

const Problem = z.looseObject({ code: z.string() })

async function ask(
  url: string,
  method: string,
  headers: Headers,
  body?: string | Uint8Array,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }
  const response = await fetch(url, { method, headers, redirect: 'manual', ...sent })
  // A stream of events has no end.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, text: '', code: '' }
  }
  const text = await response.text()
  return { status: response.status, text, code: codeOf(text) }
}

function codeOf(text: string): string {
  try {
    return Problem.parse(JSON.parse(text)).code
  } catch {
    return ''
  }
}

/** A well-formed request of an operation of the reseller API, of what has this id. */
function requestOf({ id }: Operation, of: string, newId: () => string) {
  const { method = 'GET', path, body, headers }: Ask = wellFormed[id as OperationId]
  return {
    method,
    path: path.replace(someId, of),
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': newId() }),
      ...(method !== 'GET' && method !== 'POST' && !headers && { 'if-match': '*' }),
      ...headers,
    },
  }
}

/** What accounts own, by the word that leads to it in a path. */
const owned = [
  'backorders',
  'payments',
  'refunds',
  'invoices',
  'registrations',
  'registration-requests',
  'contacts',
  'sub-accounts',
  'bulk-orders',
  'renewals',
] as const

/** What stands in an answer about the one id or the other, and is the same otherwise. */
function withoutIds(text: string, id: string): string {
  return text.replaceAll(id, 'ID').replaceAll(/"(?:request_id|instance)":"[^"]*"/g, '')
}

/** Asks with the key of one account for everything of another, and compares with what is said of an id that nothing has. */
export function tenantWalk(known: Known, key: string, newId: () => string): Attack {
  return {
    name: 'a tenant walk',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const violations: string[] = []
      const all = operationsOf('openapi.json')
      const send = async (operation: Operation, id: string) => {
        const { method, path, body, headers } = requestOf(operation, id, newId)
        const answer = await ask(
          `${server.url}${path}`,
          method,
          { authorization: `Bearer ${key}`, ...headers },
          body,
        )
        count(statuses, answer.status)
        return answer
      }
      for (const operation of all) {
        const resource = owned.find((word) => operation.path.includes(`/${word}/{id}`))
        for (const id of resource === undefined ? [] : (known.ids[resource] ?? [])) {
          const nobody = newId()
          const theirs = await send(operation, id)
          const nobodys = await send(operation, nobody)
          if (theirs.status < 400)
            violations.push(`${operation.id} of another account: ${theirs.status} ${theirs.code}`)
          const [said, saidOfNobody] = [withoutIds(theirs.text, id), withoutIds(nobodys.text, nobody)]
          if (theirs.status !== nobodys.status || said !== saidOfNobody)
            violations.push(`${operation.id} says of another account: ${said}; of nobody: ${saidOfNobody}`)
        }
        if (operation.method !== 'GET' || operation.path.includes('{')) continue
        const { text } = await send(operation, someId)
        for (const word of owned)
          for (const id of known.ids[word] ?? [])
            if (text.includes(id)) violations.push(`${operation.id} shows ${word} of another account`)
      }
      return { statuses, violations }
    },
  }
}

/** Of a request that was refused before anything was looked up. */
const saysNothing = new Set([400, 403, 413, 415, 422, 428])
/** Requests for each operation. */
const SAMPLE = 3_000

/** Every operation of the console with every role that has not its permission, and with none, and without the token of the page. */
export function roleWalk(
  known: Known,
  sessionOf: (role: string) => Promise<{ cookie: string; csrfToken: string }>,
): Attack {
  return {
    name: 'a role walk, of staff',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const violations: string[] = []
      const table: Readonly<Record<string, readonly string[]>> = permissionTable
      const generated = new Map<string, Generated>()
      for (const each of requestsOf('console-openapi.json', known, {
        seed: 1,
        count: SAMPLE,
        intents: ['valid'],
      }))
        generated.set(each.operation.id, each)
      for (const { operation, path, headers, body } of generated.values()) {
        const send = async (who: Headers) => {
          const answer = await ask(`${server.url}${path}`, operation.method, { ...headers, ...who }, body)
          count(statuses, answer.status)
          return answer
        }
        const permissions = operation.security['session'] as readonly string[] | undefined
        if (permissions === undefined) continue
        const nobody = await send({})
        if (nobody.status !== 401)
          violations.push(`${operation.id} by nobody: ${nobody.status} ${nobody.code}`)
        for (const role of roles) {
          const isAllowed = permissions.every((permission) => table[permission]?.includes(role) ?? true)
          const { cookie, csrfToken } = await sessionOf(role)
          if (!isAllowed) {
            const { status, code } = await send({ cookie, 'x-csrf-token': csrfToken })
            if (!saysNothing.has(status)) violations.push(`${operation.id} by ${role}: ${status} ${code}`)
          } else if (operation.method !== 'GET') {
            const { status, code } = await send({ cookie })
            if (status !== 403)
              violations.push(`${operation.id} by ${role} without the token: ${status} ${code}`)
          } else {
            const { status, code } = await send({ cookie, 'x-csrf-token': csrfToken })
            if (code === 'forbidden' || status === 401)
              violations.push(`${operation.id} is refused to ${role}: ${code}`)
          }
        }
      }
      return { statuses, violations }
    },
  }
}

type Members = {
  readonly origin: string
  readonly cookieOf: (role: MemberRole) => string
  /** What only an owner does, beside the reseller API. */
  readonly ownersPaths: readonly { readonly method: string; readonly path: string; readonly body?: object }[]
  readonly newId: () => string
}

/** Every operation by the pages' server with every role of members that has not its scope, and what only owners do. */
export function memberWalk({ origin, cookieOf, ownersPaths, newId }: Members): Attack {
  return {
    name: 'a role walk, of members',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const violations: string[] = []
      const send = async (
        role: MemberRole | undefined,
        path: string,
        method: string,
        body?: string,
        headers: Headers = {},
      ) => {
        const who = role === undefined ? {} : { cookie: cookieOf(role) }
        const answer = await ask(`${server.url}${path}`, method, { origin, ...who, ...headers }, body)
        count(statuses, answer.status)
        return answer
      }
      for (const operation of operationsOf('openapi.json')) {
        const [scope] = Object.values(operation.security).flat()
        if (!isScope(scope)) continue
        for (const role of memberRoles) {
          const { method, path, body, headers } = requestOf(operation, newId(), newId)
          // An owner may do all; what changes something is not done.
          if (scopesOfMember(role).includes(scope) && (method !== 'GET' || path.includes('stream'))) continue
          const { status, code } = await send(role, `/api${path}`, method, body, headers)
          const isRefused = status === 403 && code === 'insufficient_scope'
          if (isRefused === scopesOfMember(role).includes(scope))
            violations.push(`${operation.id} by ${role}: ${status} ${code}`)
        }
      }
      for (const { method, path, body } of ownersPaths)
        for (const role of [undefined, 'buyer', 'viewer'] as const) {
          const headers = body === undefined ? {} : { 'content-type': 'application/json' }
          const { status, code } = await send(role, path, method, body && JSON.stringify(body), headers)
          if (status !== (role === undefined ? 401 : 403))
            violations.push(`${method} ${path} by ${role ?? 'nobody'}: ${status} ${code}`)
        }
      return { statuses, violations }
    },
  }
}

function isScope(text: unknown): text is Scope {
  return scopes.some((scope) => scope === text)
}
