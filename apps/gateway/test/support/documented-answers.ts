import { gunzipSync } from 'node:zlib'
import { answersOf } from '../../../../packages/contracts/test/support/check-answer.ts'
import { operationsOf } from '../../../../packages/contracts/test/support/documented.ts'

const check = answersOf('openapi.json', { errorsOfOurs: true })

const operations = operationsOf('openapi.json').map((operation) => ({
  operation,
  // A template stands for one part of a path. What is written out comes first: `/v1/drop-lists/latest` is of `{id}`.
  form: new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Throws where an answer of an operation is not as the document describes it. What is no operation of the document is let through. */
export async function requireDocumented(method: string, path: string, response: Response): Promise<void> {
  const [pathname = ''] = path.split('?', 1)
  const found = operations.find(({ operation, form }) => operation.method === method && form.test(pathname))
  if (found === undefined || isStream(response)) return
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await bodyOf(response.clone()),
  }
  const wrong = check(found.operation, answer)
  if (wrong === undefined) return
  throw new Error(
    `${found.operation.id} answered what openapi.json does not describe: ${wrong}\n${answer.status} ${JSON.stringify(answer.headers)}\n${answer.body.toString().slice(0, 2_000)}`,
  )
}

/** The framework compresses what it says is compressed, and only a client undoes that. */
async function bodyOf(response: Response): Promise<Buffer> {
  const body = Buffer.from(await response.arrayBuffer())
  return response.headers.get('Content-Encoding') === 'gzip' ? gunzipSync(body) : body
}

/** It does not end. */
function isStream(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('text/event-stream') === true
}
