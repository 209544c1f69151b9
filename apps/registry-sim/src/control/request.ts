import type { z } from 'zod'
import type { Registry } from '../registry/registry.ts'
import { Problem } from './problems.ts'

export type Asked = {
  readonly req: {
    json(): Promise<unknown>
    param(name: string): string | undefined
  }
}

/** The registry that a path names. Throws `Problem`. */
export type RegistryOf = (c: Asked) => Registry

/** The body, as its schema has it. Throws `Problem`. */
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
