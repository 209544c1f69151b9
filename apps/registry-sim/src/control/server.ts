import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Registry } from '../registry/registry.ts'

export type Asked = {
  readonly req: {
    json(): Promise<unknown>
    param(name: string): string | undefined
  }
}

/** The registry that a path names. Throws `Problem`. */
export type RegistryOf = (c: Asked) => Registry

/** The body, parsed by its schema. Throws `Problem`. */
export async function readBody<Schema extends z.ZodType>(
  c: Asked,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body = await c.req.json().catch(() => {
    throw new Problem('malformed_json', 'the body is not JSON')
  })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Problem('invalid_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
}

/** An error of the control API, in the form of problem+json (RFC 9457) with a stable code. */
type ProblemCode =
  | 'not_found'
  | 'registry_not_found'
  | 'name_not_found'
  | 'name_not_registered'
  | 'expiry_out_of_range'
  | 'account_not_found'
  | 'malformed_json'
  | 'invalid_request'
  | 'request_too_large'
  | 'too_many_faults'
  | 'too_many_openings'
  | 'not_a_daily_registry'
  | 'not_a_sandbox'
  | 'batch_in_the_past'
  | 'nothing_waits'
  | 'order_not_known'
  | 'entry_not_found'
  | 'internal_error'

const statuses = {
  not_found: 404,
  registry_not_found: 404,
  name_not_found: 404,
  name_not_registered: 409,
  expiry_out_of_range: 422,
  account_not_found: 404,
  malformed_json: 400,
  invalid_request: 422,
  request_too_large: 413,
  too_many_faults: 409,
  too_many_openings: 409,
  not_a_daily_registry: 409,
  not_a_sandbox: 409,
  batch_in_the_past: 409,
  nothing_waits: 409,
  order_not_known: 409,
  entry_not_found: 404,
  internal_error: 500,
} as const satisfies Record<ProblemCode, number>

export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
  }
}

export function renderProblem(c: Context, code: ProblemCode, detail: string): Response {
  const status = statuses[code]
  return c.json({ status, code, detail }, status, { 'content-type': 'application/problem+json' })
}

type ControlServer = { readonly url: string; close(): Promise<void> }

/** Serves the control API on 127.0.0.1; port 0 means any free port. Rejects when the port is in use. */
export function startControlServer(app: Hono, port: number): Promise<ControlServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address: AddressInfo) => {
      server.off('error', reject)
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => close() })
    })
    const close = () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    server.once('error', reject)
  })
}
