import type { FaultyPart } from '@droplock/rules/refusals'
import type { z } from '@hono/zod-openapi'

type Issue = z.core.$ZodIssue

/** Parts reported at once; a caller corrects a few at a time. */
const PARTS_MAX = 20
/** A name of a member may be of any length. */
const NAME_CHARACTERS_MAX = 100

/** The parts of a request that its contract does not accept, each with what it must be. `target`: where the framework found them. */
export function faultyParts(target: string, { issues }: z.ZodError): readonly FaultyPart[] {
  return issues.flatMap((issue) => partsOf(target, issue)).slice(0, PARTS_MAX)
}

function partsOf(target: string, issue: Issue): readonly FaultyPart[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      partAt(target, [...issue.path, key], 'is not known here; check its spelling'),
    )
  }
  return [partAt(target, issue.path, wordsOf(issue))]
}

function partAt(target: string, path: readonly PropertyKey[], detail: string): FaultyPart {
  if (target === 'json') return { pointer: pointerTo(path), detail }
  const name = path.map(String).join('.').slice(0, NAME_CHARACTERS_MAX)
  return target === 'header' ? { header: name, detail } : { parameter: name, detail }
}

/** RFC 6901; the empty one is the whole body. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map(
      (step) => `/${String(step).slice(0, NAME_CHARACTERS_MAX).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    )
    .join('')
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  email: 'an e-mail address',
  datetime: 'a time in UTC, such as 2026-02-15T13:00:00Z',
  date: 'a date, such as 2026-02-15',
  url: 'a URL',
}

/** What our own contracts say of a value (`a whole number from 1 to 200`) is used; what the library says is not for people. */
const ofLibrary = /^(?:Invalid|Too |Unrecognized)/

function wordsOf(issue: Issue): string {
  if (!ofLibrary.test(issue.message)) return `must be ${issue.message}`
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${types[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'in the documented form'}`
    case 'too_small':
      return `must ${boundOf(issue.origin, 'at least', Number(issue.minimum))}`
    case 'too_big':
      return `must ${boundOf(issue.origin, 'at most', Number(issue.maximum))}`
    default:
      return 'is not valid'
  }
}

function boundOf(origin: string, bound: string, count: number): string {
  if (origin === 'string') return `have ${bound} ${count} character${count === 1 ? '' : 's'}`
  if (origin === 'array' || origin === 'object')
    return `have ${bound} ${count} member${count === 1 ? '' : 's'}`
  return `be ${bound} ${count}`
}
