import { readFileSync } from 'node:fs'
import { permissionTable } from '@droplock/rules/staff'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listFiles } from '../src/console/list-files.ts'
import { renderConsoleOpenApi } from '../src/console/openapi.ts'
import { operations } from '../src/console/operations.ts'

const committed: unknown = JSON.parse(
  readFileSync(new URL('../console-openapi.json', import.meta.url), 'utf8'),
)

const Operation = z.object({
  operationId: z.string(),
  security: z
    .array(z.strictObject({ session: z.array(z.string()).max(1), csrf: z.array(z.never()).optional() }))
    .max(1),
  parameters: z
    .array(z.object({ name: z.string(), required: z.boolean(), schema: z.object({ type: z.string() }) }))
    .optional(),
  requestBody: z.object({ required: z.literal(true) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().min(1) })),
})

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

/** What is done before there is a session: a link, a password or the identity provider is what opens one. */
const beforeSignIn: ReadonlySet<string> = new Set([
  'signIn',
  'signInByCode',
  'getSignInMeans',
  'askProvider',
  'readStaffLink',
  'choosePassword',
])

describe('console-openapi.json', () => {
  const document = Document.parse(committed)
  const documented = Object.values(document.paths).flatMap((methods) => Object.entries(methods))

  test('is what the contracts say: run `npm run generate` after a change', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(renderConsoleOpenApi())))
  })

  test('has every operation by its id', () => {
    expect(documented.map(([, { operationId }]) => operationId).toSorted()).toEqual(
      [...Object.keys(operations), ...listFiles.map(({ operation }) => operation.operationId)].toSorted(),
    )
    for (const [id, { operationId }] of Object.entries(operations)) expect(operationId).toBe(id)
  })

  test('asks a session and one known permission of everything but what comes before a session and what people do with their own access', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { operationId, security } of Object.values(methods)) {
        const permissions = security.flatMap(({ session }) => session)
        const isOwn = path.startsWith('/api/session') || path.startsWith('/api/me/')
        if (beforeSignIn.has(operationId)) expect(security).toEqual([])
        else if (isOwn) expect(permissions.filter((permission) => permission !== 'console:read')).toEqual([])
        else expect(permissions).toHaveLength(1)
        for (const permission of permissions) expect(Object.keys(permissionTable)).toContain(permission)
      }
    }
  })

  test('asks a CSRF token of every change but signing in, and of no read', () => {
    for (const [method, { operationId, security }] of documented) {
      const isGuarded = security.some(({ csrf }) => csrf !== undefined)
      expect([operationId, isGuarded]).toEqual([
        operationId,
        method !== 'get' && !beforeSignIn.has(operationId),
      ])
    }
  })

  test('never documents a parameter that may be null or of several types', () => {
    for (const [, { parameters = [] }] of documented) {
      for (const { schema } of parameters) expect(['string', 'integer', 'boolean']).toContain(schema.type)
    }
  })

  test('documents 500 and 503 of every operation, 401 and 403 of every one behind the sign-in', () => {
    for (const [, { responses, security }] of documented) {
      const [needed] = security
      const permitted = needed?.session.length === 1 ? ['403'] : []
      const expected = [...(needed === undefined ? [] : ['401']), ...permitted, '500', '503']
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(expected))
    }
  })
})
