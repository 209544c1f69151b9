import type { RefusalCode } from '@droplock/rules/refusals'
import { z } from '@hono/zod-openapi'
import type { ErrorEntry } from '../errors/entry.ts'
import { problemExamples } from '../errors/examples.ts'
import { retryAfterOf } from '../errors/retry-after.ts'
import { errors } from '../errors.ts'
import { problem } from '../problem.ts'

export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function body<Schema>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

export const FaultyPart = z
  .object({
    pointer: z.string().optional().openapi({
      description: 'A JSON pointer into the body (RFC 6901); empty for the body itself',
      example: '/payment',
    }),
    parameter: z.string().optional().openapi({ description: 'A parameter of the path or the query' }),
    header: z.string().optional(),
    detail: z.string().openapi({ example: 'must be one of balance, card' }),
  })
  .openapi('FaultyPart')

/** RFC 9457. Further members are the facts of the refusal. */
export const Problem = z
  .looseObject({
    type: z.string().openapi({ format: 'uri-reference', description: 'A page that explains the error' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What happened in this case, for people' }),
    code: z.string().openapi({
      description: 'For programs. Codes are stable; new codes may be added',
      example: 'name_taken',
    }),
    retryable: z.boolean().openapi({ description: 'Whether the same request may succeed a little later' }),
    request_id: z.string(),
    errors: z
      .array(FaultyPart)
      .optional()
      .openapi({ description: 'The parts of the request to correct, where that is the reason' }),
  })
  .openapi('Problem')

/** Problems of an operation with a body, before its use case is called. */
export const bodyProblems = [
  'malformed_json',
  'body_required',
  'unsupported_media_type',
  'request_too_large',
  'request_timeout',
  'invalid_request',
] as const satisfies readonly RefusalCode[]

type StatusOf<Code extends RefusalCode> = (typeof errors)[Code]['status'] & ErrorEntry['status']

/** The problem responses of an operation, by status. */
type ProblemResponses<Code extends RefusalCode> = Record<StatusOf<Code>, ProblemResponse>

const RetryAfter = z.string().optional().openapi({
  description: 'When to send the request again, in seconds or as a date; absent where that would not help',
})

type ProblemResponse = {
  readonly description: string
  readonly headers?: z.ZodObject
  readonly content: {
    readonly 'application/problem+json': {
      readonly schema: typeof Problem
      readonly examples: Record<string, { readonly summary: string; readonly value: unknown }>
    }
  }
}

/**
 * The problem responses for these codes, grouped by status. Each code is an example of its response, so the document says
 * exactly which codes can come.
 */
export function problemResponses<Code extends RefusalCode>(codes: readonly Code[]): ProblemResponses<Code> {
  const all: readonly RefusalCode[] = [...new Set<RefusalCode>(codes)]
  const responses = Object.fromEntries(
    [...Map.groupBy(all, (code) => errors[code].status)].map(([status, group]) => [status, response(group)]),
  )
  // `fromEntries` forgets its keys; they are the statuses of exactly these codes.
  return responses as ProblemResponses<Code>
}

/** The responses of an operation with the problems of further codes among them. */
export function withProblems<Responses extends object>(
  responses: Responses,
  codes: readonly RefusalCode[],
): Responses {
  const merged = Object.entries(problemResponses(codes)).map(([status, added]) => {
    const before = status in responses ? (Reflect.get(responses, status) as ProblemResponse) : undefined
    return [status, before === undefined ? added : join(before, added)] as const
  })
  return { ...responses, ...Object.fromEntries(merged) }
}

function join(one: ProblemResponse, other: ProblemResponse): ProblemResponse {
  const [of, also] = [one, other].map(({ content }) => content['application/problem+json'].examples)
  const headers = one.headers ?? other.headers
  return {
    description: `${one.description}\n\n${other.description}`,
    ...(headers && { headers }),
    content: { 'application/problem+json': { schema: Problem, examples: { ...of, ...also } } },
  }
}

function response(codes: readonly RefusalCode[]): ProblemResponse {
  const examples = codes.map((code) => {
    const { title, doc } = errors[code]
    const { detail = doc, facts, parts } = problemExamples[code] ?? {}
    return [code, { summary: title, value: problem(code, detail, '6f1c2d9e', facts, parts) }]
  })
  const description = codes.map((code) => `\`${code}\`: ${errors[code].doc}`).join('\n\n')
  return {
    description,
    ...(codes.some((code) => retryAfterOf(code) !== undefined) && {
      headers: z.object({ 'Retry-After': RetryAfter }),
    }),
    content: { 'application/problem+json': { schema: Problem, examples: Object.fromEntries(examples) } },
  }
}
