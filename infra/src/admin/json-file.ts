import { readFileSync } from 'node:fs'
import { Refusal } from '@droplock/rules/refusals'
import type { z } from 'zod'

/** The text of a file. Throws Refusal('invalid_request'). */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Refusal('invalid_request', `The file ${file} cannot be read.`)
  }
}

/** JSON of this shape. Throws Refusal: malformed_json, or invalid_request, which names every member that is wrong. */
export function parseAs<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const result = schema.safeParse(parseJson(text))
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new Refusal('invalid_request', faults.join('; '))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('malformed_json', 'The file is not JSON.')
  }
}
